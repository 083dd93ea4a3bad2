// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.jspecify.annotations.Nullable;

/// A number of one to eight octets, in decimal or by a mnemonic.
final class NumberField extends Field {
    /// How the number is written.
    private enum Style {
        DECIMAL,
        /// As a mnemonic where there is one, else in decimal; both are read.
        WORD,
        /// In decimal; a mnemonic is read too.
        WORD_READ,
        /// A time span: `1d2h` is read too.
        SECONDS,
        /// The name of a type.
        TYPE
    }

    static final NumberField U8 = new NumberField(1, Style.DECIMAL, null);
    static final NumberField U16 = new NumberField(2, Style.DECIMAL, null);
    static final NumberField U32 = new NumberField(4, Style.DECIMAL, null);
    static final NumberField U48 = new NumberField(6, Style.DECIMAL, null);
    static final NumberField U64 = new NumberField(8, Style.DECIMAL, null);
    static final NumberField SECONDS = new NumberField(4, Style.SECONDS, null);
    static final NumberField TYPE = new NumberField(2, Style.TYPE, Mnemonics.TYPES);
    static final NumberField ALGORITHM = new NumberField(1, Style.WORD_READ, Mnemonics.ALGORITHMS);
    static final NumberField CERTIFICATE = new NumberField(2, Style.WORD, Mnemonics.CERTIFICATES);
    static final NumberField DSYNC_SCHEME = new NumberField(1, Style.WORD, Mnemonics.DSYNC_SCHEMES);

    static final NumberField KEY_PROTOCOL =
            new NumberField(1, Style.WORD_READ, Mnemonics.KEY_PROTOCOLS);

    private final int octets;
    private final Style style;
    private final @Nullable Mnemonics mnemonics;

    private NumberField(int octets, Style style, @Nullable Mnemonics mnemonics) {
        this.octets = octets;
        this.style = style;
        this.mnemonics = mnemonics;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        long v;
        if (style == Style.SECONDS) v = in.seconds();
        else if (style == Style.TYPE) v = in.type();
        else if (octets == 8) v = in.unsignedLong();
        else if (mnemonics == null) v = in.number(max());
        else v = in.numberOr(mnemonics, max());
        for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) out.u8((int) (v >>> shift));
    }

    private long max() {
        return (1L << (octets * 8)) - 1;
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return octets <= end - at ? at + octets : -1;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        long v = 0;
        for (int i = 0; i < octets; i++) v = v << 8 | (rdata[at + i] & 0xff);
        if (style == Style.TYPE) {
            out.text(RrType.name((int) v));
        } else {
            String word = style == Style.WORD && mnemonics != null ? mnemonics.name((int) v) : null;
            if (word != null) out.text(word);
            else if (v >= 0) out.decimal(v);
            else out.text(Long.toUnsignedString(v));
        }
        return at + octets;
    }
}
