// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.cstruct.Cstruct;

import java.util.zip.CRC32;

/// Gives a blob that was tampered with the right CRCs.
final class Forger {
    static void mend(byte[] blob) {
        Cstruct footer = Cstruct.of(blob).shift(blob.length - Format.FOOTER);
        int at = footer.s32le(Format.F_INDEX_AT);
        int length = footer.s32le(Format.F_INDEX_LENGTH);
        if (at >= 0 && length >= 0 && at <= blob.length - length) {
            footer.putU32le(Format.F_INDEX_CRC, crc(blob, at, length));
        }
        footer.putU32le(Format.F_CRC, crc(blob, blob.length - Format.FOOTER, Format.F_CRC));
    }

    private static int crc(byte[] blob, int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(blob, at, length);
        return (int) crc.getValue();
    }

    private Forger() {}
}
