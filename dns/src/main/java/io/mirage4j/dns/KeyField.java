// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// A key that may be missing if what stands in front says so: the flags of KEY (RFC 2535, 3.1.2),
/// or the algorithm of IPSECKEY (RFC 4025, 2.6). These fields begin the data, so they are found
/// there.
final class KeyField extends Field {
    static final KeyField KEY = new KeyField(false);
    static final KeyField IPSECKEY = new KeyField(true);

    /// Both bits say that there is no key.
    private static final int NO_KEY = 0xc0;

    private static final int ALGORITHM = 2;

    private final boolean ipsec;

    private KeyField(boolean ipsec) {
        this.ipsec = ipsec;
    }

    private OctetField field(byte[] rdata) {
        boolean mayBeMissing = ipsec ? rdata[ALGORITHM] == 0 : (rdata[0] & NO_KEY) == NO_KEY;
        return mayBeMissing ? OctetField.BASE64_OR_NONE : OctetField.BASE64;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        if (ipsec && in.portable && in.hasNext() && out.array()[ALGORITHM] == 0) {
            throw in.fault("a key of no algorithm: " + in.word());
        }
        field(out.array()).parse(in, out);
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return field(rdata).skip(rdata, at, end);
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        return field(rdata).print(rdata, at, out);
    }
}
