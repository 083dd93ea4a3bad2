// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import javax.lang.model.element.Element;

/// A declaration is wrong at `element`; the message says what to do about it. An empty message
/// means that the compiler, or an earlier fault, has told already.
final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Element element;

    Fault(Element element, String message) {
        super(message, null, false, false);
        this.element = element;
    }

    static Fault toldAlready(Element element) {
        return new Fault(element, "");
    }

    Element element() {
        return element;
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
