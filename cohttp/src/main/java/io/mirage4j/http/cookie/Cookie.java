// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

import java.util.ArrayList;
import java.util.List;

/// A name and a value, as a client sends them.
public record Cookie(String name, String value) {
    /// The cookies of a Cookie field, in order. A pair without `=` is a value without a name, as
    /// servers of browsers have to take it.
    public static List<Cookie> parse(String field) {
        List<Cookie> cookies = new ArrayList<>();
        int from = 0;
        while (from <= field.length()) {
            int end = field.indexOf(';', from);
            String pair = field.substring(from, end < 0 ? field.length() : end).strip();
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? "" : pair.substring(0, equals).strip();
                cookies.add(new Cookie(name, pair.substring(equals + 1).strip()));
            }
            if (end < 0) break;
            from = end + 1;
        }
        return cookies;
    }

    /// The Cookie field of some.
    public static String emit(List<Cookie> cookies) {
        var out = new StringBuilder();
        for (Cookie cookie : cookies) {
            out.append(out.isEmpty() ? "" : "; ");
            out.append(cookie.name.isEmpty() ? "" : cookie.name + "=").append(cookie.value);
        }
        return out.toString();
    }
}
