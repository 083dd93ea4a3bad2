// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Addresses of OSI and ATM, which fill the rest: NSAP is `0x` and hex digits with dots anywhere
/// (RFC 1706, 6); ATMA is the same without `0x` behind a format octet 0, or `+` and digits of E.164
/// behind a format octet 1.
final class NsapField extends Field {
    static final NsapField NSAP = new NsapField(false);
    static final NsapField ATMA = new NsapField(true);

    /// The formats of ATM addresses.
    private static final int AESA = 0;

    private static final int E164 = 1;

    private final boolean atm;

    private NsapField(boolean atm) {
        this.atm = atm;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        in.need("an address");
        byte[] text = in.text();
        int at = in.start();
        int end = in.end();
        if (atm && at < end && text[at] == '+') {
            out.u8(E164);
            digits(in, at + 1, end, out);
        } else if (atm) {
            out.u8(AESA);
            hex(in, at, end, out);
        } else {
            boolean marked = end - at > 2 && text[at] == '0' && (text[at + 1] | 0x20) == 'x';
            if (!marked) throw in.fault("no 0x in front of " + in.word());
            hex(in, at + 2, end, out);
        }
        in.skip();
    }

    private static void digits(Words in, int start, int end, Octets out) throws TextFault {
        int before = out.length();
        for (int at = start; at < end; at++) {
            int c = in.text()[at];
            if (c == '.') continue;
            if (c < '0' || c > '9') throw in.fault("not digits: " + in.word());
            out.u8(c);
        }
        if (out.length() == before) throw in.fault("no digits: " + in.word());
    }

    private static void hex(Words in, int start, int end, Octets out) throws TextFault {
        int high = -1;
        boolean some = false;
        for (int at = start; at < end; at++) {
            int c = in.text()[at];
            if (c == '.') continue;
            int digit = OctetField.hex(c);
            if (digit < 0) throw in.fault("not hex digits: " + in.word());
            if (high < 0) {
                high = digit;
            } else {
                out.u8(high << 4 | digit);
                high = -1;
                some = true;
            }
        }
        if (high >= 0 || !some) throw in.fault("an odd number of hex digits: " + in.word());
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        if (!atm) return end > at ? end : -1;
        if (end - at < 2 || (rdata[at] & 0xff) > E164) return -1;
        for (int i = at + 1; rdata[at] == E164 && i < end; i++) {
            if (rdata[i] < '0' || rdata[i] > '9') return -1;
        }
        return end;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        if (!atm) {
            out.text("0x").hex(rdata, at, rdata.length - at);
        } else if (rdata[at] == AESA) {
            out.hex(rdata, at + 1, rdata.length - at - 1);
        } else {
            out.ch('+');
            for (int i = at + 1; i < rdata.length; i++) out.ch(rdata[i]);
        }
        return rdata.length;
    }
}
