// SPDX-License-Identifier: Apache-2.0

/// Identifiers of the web, by the two standards that people confuse, kept apart: [io.mirage4j.uri]
/// has URIs exactly as RFC 3986 writes them, with IRIs, queries and the schemes `data`, `mailto`
/// and `file`; [io.mirage4j.uri.template] fills in and reads back URI templates;
/// [io.mirage4j.uri.whatwg] has URLs as browsers read them, by the WHATWG URL Standard, and
/// [io.mirage4j.uri.idna] the domain names beyond ASCII that stand in them. Values are immutable,
/// parsing gives a value or an error with its position, and nothing but the JDK's base module is
/// needed.
module io.mirage4j.uri {
    requires static org.jspecify;

    exports io.mirage4j.uri;
    exports io.mirage4j.uri.idna;
    exports io.mirage4j.uri.template;
    exports io.mirage4j.uri.whatwg;
}
