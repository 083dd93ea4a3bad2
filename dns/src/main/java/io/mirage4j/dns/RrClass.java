// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Parsed;

/// The classes of records, as the numbers that they are on the wire, with their mnemonics. A class
/// without one is written `CLASS123` (RFC 3597, 5).
public final class RrClass {
    public static final int IN = 1;
    public static final int CH = 3;
    public static final int HS = 4;
    public static final int NONE = 254;
    public static final int ANY = 255;

    /// The mnemonic, or `CLASS123`.
    public static String name(int rrClass) {
        String mnemonic = Mnemonics.CLASSES.name(rrClass);
        return mnemonic != null ? mnemonic : "CLASS" + rrClass;
    }

    /// Reads a mnemonic, or `CLASS123`, in any case.
    public static Parsed<Integer> parse(String text) {
        int rrClass = Mnemonics.CLASSES.find(text);
        return rrClass >= 0
                ? new Parsed.Value<>(rrClass)
                : new Parsed.Malformed<>("unknown class " + text, 0);
    }

    private RrClass() {}
}
