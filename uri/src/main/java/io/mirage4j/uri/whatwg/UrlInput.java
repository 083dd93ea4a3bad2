// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.Nullable;

/// The text that the parser works on: the one given, without controls and spaces at the edges and
/// without tabs and newlines anywhere. It remembers where its characters were.
final class UrlInput {
    private final String given;
    private final int start; // of what is left of `given` after trimming,
    private final int end; // and its end
    private final String text;
    private int @Nullable [] positions; // of each character of `text`, made when asked for

    private UrlInput(String given, int start, int end) {
        this.given = given;
        this.start = start;
        this.end = end;
        this.text = withoutTabsAndNewlines(given, start, end);
    }

    static UrlInput trimmed(String given) {
        int start = 0;
        int end = given.length();
        while (start < end && given.charAt(start) <= ' ') start++;
        while (start < end && given.charAt(end - 1) <= ' ') end--;
        return new UrlInput(given, start, end);
    }

    static UrlInput untrimmed(String given) {
        return new UrlInput(given, 0, given.length());
    }

    String text() {
        return text;
    }

    /// Reports what was taken away.
    void reportTo(Report report) {
        if (start > 0) {
            report.add(ValidationError.INVALID_URL_UNIT, 0);
        }
        if (end < given.length()) {
            report.add(ValidationError.INVALID_URL_UNIT, end);
        }
        for (int i = start; i < end; i++) {
            if (!UrlCharacters.isTabOrNewline(given.charAt(i))) continue;
            report.add(ValidationError.INVALID_URL_UNIT, i);
            return;
        }
    }

    /// Where in the text given the character at `index` is.
    int position(int index) {
        if (text.length() == end - start) return start + index;
        if (positions == null) {
            positions = positions();
        }
        return positions[index];
    }

    private int[] positions() {
        int[] positions = new int[text.length() + 1];
        int index = 0;
        for (int i = start; i < end; i++) {
            if (!UrlCharacters.isTabOrNewline(given.charAt(i))) {
                positions[index++] = i;
            }
        }
        positions[index] = end;
        return positions;
    }

    private static String withoutTabsAndNewlines(String given, int start, int end) {
        int i = start;
        while (i < end && !UrlCharacters.isTabOrNewline(given.charAt(i))) i++;
        if (i == end) return given.substring(start, end);
        var text = new StringBuilder(end - start).append(given, start, i);
        for (; i < end; i++) {
            char c = given.charAt(i);
            if (!UrlCharacters.isTabOrNewline(c)) {
                text.append(c);
            }
        }
        return text.toString();
    }
}
