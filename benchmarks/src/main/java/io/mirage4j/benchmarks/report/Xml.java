// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

/// Text for SVG and HTML.
final class Xml {
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private Xml() {}
}
