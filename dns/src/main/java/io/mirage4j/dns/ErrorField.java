// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The error of TSIG and TKEY records, where 16 is BADSIG and not BADVERS (RFC 8945, 3).
final class ErrorField extends Field {
    static final ErrorField ERROR = new ErrorField();

    @Override
    void parse(Words in, Octets out) throws TextFault {
        out.u16((int) in.numberOr(Mnemonics.RCODES, 0xffff));
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return end - at < 2 ? -1 : at + 2;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        int error = u16(rdata, at);
        out.text(error == Rcode.BADSIG ? "BADSIG" : Rcode.name(error));
        return at + 2;
    }

    private ErrorField() {}
}
