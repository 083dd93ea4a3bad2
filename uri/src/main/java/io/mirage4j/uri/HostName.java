// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import io.mirage4j.uri.idna.Idna;
import io.mirage4j.uri.idna.IdnaResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/// The name of a host in the DNS, which a registered name of a URI need not be: labels of letters,
/// digits and hyphens (RFC 1123, 2.1), some of which may stand for labels beyond ASCII (IDNA2008,
/// RFC 5890 to 5893). Immutable; equal if the names in ASCII are.
public final class HostName implements HostNameResult {
    private static final String ACE_PREFIX = "xn--";
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    /// UTS #46 has the rules of IDNA2008 on joiners, directions and lengths too. That on hyphens is
    /// here, since it must not reach labels that never were beyond ASCII.
    private static final Idna IDNA =
            Idna.checking(EnumSet.complementOf(EnumSet.of(Idna.Check.HYPHENS)));

    private final String ascii;
    private final String unicode;

    private HostName(String ascii, String unicode) {
        this.ascii = ascii;
        this.unicode = unicode;
    }

    /// Reads a name in ASCII. Labels that begin with `xn--` must stand for labels that IDNA2008
    /// allows.
    public static HostNameResult parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) return error(i, "a character beyond ASCII");
        }
        return read(text);
    }

    /// Reads a name that may have characters beyond ASCII. Nothing is mapped: such a label must be
    /// as IDNA2008 wants it, in lower case and NFC. The dots of other scripts separate labels too.
    public static HostNameResult parseInternational(String text) {
        return read(text.replace('\u3002', '.').replace('\uff0e', '.').replace('\uff61', '.'));
    }

    private static HostNameResult read(String text) {
        // An octet of the name stands for no more than two characters of the text.
        if (text.length() > 2 * MAX_NAME + 1) {
            return error(MAX_NAME, "a name of more than 253 octets");
        }
        boolean isInternational = false;
        int start = 0;
        for (String label : labels(text)) {
            boolean isAscii = label.chars().allMatch(c -> c < 0x80);
            UriError error = isAscii ? asciiFault(label, start) : unicodeFault(label, start);
            if (error != null) return error;
            isInternational |= !isAscii || isEncoded(label);
            start += label.length() + 1;
        }
        if (isInternational) return readInternational(text);
        if (text.length() > MAX_NAME) return error(MAX_NAME, "a name of more than 253 octets");
        String lower = text.toLowerCase(Locale.ROOT);
        return new HostName(lower, lower);
    }

    private static HostNameResult readInternational(String text) {
        return switch (IDNA.toAscii(text)) {
            case IdnaResult.Invalid invalid -> error(invalid);
            case IdnaResult.Domain(String ascii) ->
                    switch (IDNA.toUnicode(text)) {
                        case IdnaResult.Invalid invalid -> error(invalid);
                        case IdnaResult.Domain(String unicode) -> {
                            UriError error = encodedFault(labels(text), labels(unicode));
                            yield error == null ? new HostName(ascii, unicode) : error;
                        }
                    };
        };
    }

    /// The first fault in what an encoded label stands for.
    private static @Nullable UriError encodedFault(List<String> labels, List<String> decoded) {
        int start = 0;
        for (int i = 0; i < labels.size(); i++) {
            UriError fault = isEncoded(labels.get(i)) ? unicodeFault(decoded.get(i), 0) : null;
            if (fault != null) return error(start, "an encoded label with " + fault.message());
            start += labels.get(i).length() + 1;
        }
        return null;
    }

    private static List<String> labels(String name) {
        List<String> labels = new ArrayList<>();
        int start = 0;
        for (int dot; (dot = name.indexOf('.', start)) >= 0; start = dot + 1) {
            labels.add(name.substring(start, dot));
        }
        labels.add(name.substring(start));
        return labels;
    }

    private static boolean isEncoded(String label) {
        return label.regionMatches(true, 0, ACE_PREFIX, 0, ACE_PREFIX.length());
    }

    private static @Nullable UriError asciiFault(String label, int start) {
        int length = label.length();
        if (length == 0) return error(start, "an empty label");
        if (length > MAX_LABEL) return error(start, "a label of more than 63 octets");
        for (int i = 0; i < length; i++) {
            char c = label.charAt(i);
            boolean isEdge = i == 0 || i == length - 1;
            if (!Syntax.isAlpha(c) && !Syntax.isDigit(c) && (c != '-' || isEdge)) {
                return error(start + i, "no letter, digit or inner hyphen");
            }
        }
        return null;
    }

    private static @Nullable UriError unicodeFault(String label, int start) {
        if (label.startsWith("-") || label.endsWith("-")) {
            return error(start, "a hyphen at the edge of a label");
        }
        if (label.startsWith("--", 2)) {
            return error(start + 2, "two hyphens as third and fourth character");
        }
        int fault = Idna2008.firstFault(label);
        return fault < 0 ? null : error(start + fault, "a character that IDNA2008 does not allow");
    }

    private static UriError error(IdnaResult.Invalid invalid) {
        return error(invalid.position(), invalid.error().description());
    }

    private static UriError error(int position, String what) {
        return UriError.hostName(position, what);
    }

    /// The name in ASCII and lower case, as it goes into the DNS.
    public String ascii() {
        return ascii;
    }

    /// The name as people read it.
    public String unicode() {
        return unicode;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostName name && ascii.equals(name.ascii);
    }

    @Override
    public int hashCode() {
        return ascii.hashCode();
    }

    /// The name in ASCII.
    @Override
    public String toString() {
        return ascii;
    }
}
