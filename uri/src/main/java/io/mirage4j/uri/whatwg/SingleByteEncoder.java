// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import java.nio.charset.Charset;

/// The encodings of one octet a character (Encoding Standard, 9), with ASCII in their lower half.
final class SingleByteEncoder implements LegacyEncoder {
    private static final int UPPER = 0x80;
    private static final int AFTER_CONTROLS = 0xa0;
    private static final char UNMAPPED = '\ufffd';

    private final String upperHalf;

    private SingleByteEncoder(String upperHalf) {
        this.upperHalf = upperHalf;
    }

    /// As the JDK has it, except that octets without a meaning below A0 stand for controls in the
    /// encodings of Windows, and with `corrections`: pairs of an octet and its character.
    static SingleByteEncoder of(Charset charset, boolean windows, char... corrections) {
        var upperHalf = new StringBuilder();
        for (int octet = UPPER; octet < 0x100; octet++) {
            char c = new String(new byte[] {(byte) octet}, charset).charAt(0);
            boolean control = windows && c == UNMAPPED && octet < AFTER_CONTROLS;
            upperHalf.append(control ? (char) octet : c);
        }
        for (int i = 0; i < corrections.length; i += 2) {
            upperHalf.setCharAt(corrections[i] - UPPER, corrections[i + 1]);
        }
        return new SingleByteEncoder(upperHalf.toString());
    }

    /// With controls below A0, and these characters from there on.
    static SingleByteEncoder of(String afterControls) {
        var upperHalf = new StringBuilder();
        for (char c = UPPER; c < AFTER_CONTROLS; c++) upperHalf.append(c);
        return new SingleByteEncoder(upperHalf.append(afterControls).toString());
    }

    /// The encoding `x-user-defined`, which keeps octets in Unicode's private use area.
    static SingleByteEncoder userDefined() {
        var upperHalf = new StringBuilder();
        for (char c = '\uf780'; c <= '\uf7ff'; c++) upperHalf.append(c);
        return new SingleByteEncoder(upperHalf.toString());
    }

    @Override
    public int encode(int c, Octets out) {
        int index = c < UPPER || c == UNMAPPED ? -1 : upperHalf.indexOf(c);
        if (c >= UPPER && index < 0) return c;
        out.add(c < UPPER ? c : UPPER + index);
        return ENCODED;
    }
}
