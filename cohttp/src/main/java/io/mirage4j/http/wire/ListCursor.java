// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// Goes through a list of tokens with parameters: `#( token *( OWS ";" OWS token "=" ( token /
/// quoted-string ) ) )` (RFC 9110, 5.6). Empty elements are passed over.
final class ListCursor {
    private final ReadOnlyCstruct value;
    private int at;
    private int tokenOff;
    private int tokenEnd;
    private boolean bad;
    private boolean parameters;

    ListCursor(ReadOnlyCstruct value) {
        this.value = value;
    }

    /// Goes to the next element; false if there is none.
    boolean next() {
        int end = value.length();
        while (at < end && (Octets.isBlank(value.u8(at)) || value.u8(at) == ',')) {
            at++;
        }
        if (at == end) return false;
        tokenOff = at;
        tokenEnd = at = Octets.skipToken(value, at, end);
        parameters = false;
        bad = tokenEnd == tokenOff;
        while (!bad) {
            at = Octets.skipBlanks(value, at, end);
            if (at == end || value.u8(at) == ',') return true;
            parameters = true;
            bad = value.u8(at) != ';' || !parameter(end);
        }
        int comma = value.indexOf(',', at);
        at = comma < 0 ? end : comma;
        return true;
    }

    /// From a semicolon on.
    private boolean parameter(int end) {
        int name = Octets.skipBlanks(value, at + 1, end);
        at = Octets.skipToken(value, name, end);
        if (at == name) return false;
        at = Octets.skipBlanks(value, at, end);
        if (at == end || value.u8(at) != '=') return false;
        at = Octets.skipBlanks(value, at + 1, end);
        if (at < end && value.u8(at) == '"') return quoted(end);
        int off = at;
        at = Octets.skipToken(value, at, end);
        return at > off;
    }

    private boolean quoted(int end) {
        for (at++; at < end; at++) {
            int c = value.u8(at);
            if (c == '"') {
                at++;
                return true;
            }
            if (c == '\\' && ++at == end) return false;
        }
        return false;
    }

    /// Whether the element is not of the form.
    boolean isBad() {
        return bad;
    }

    boolean hasParameters() {
        return parameters;
    }

    boolean isToken(Token token) {
        return token.isAt(value, tokenOff, tokenEnd);
    }
}
