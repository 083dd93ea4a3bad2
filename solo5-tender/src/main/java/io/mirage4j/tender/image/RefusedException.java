// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

/// An image, a manifest or an option that can not be run. The message is one line: the thing, the
/// value, the way out. It is an exception and not a value because nobody goes on without the image.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
