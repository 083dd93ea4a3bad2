// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.util.BitSet;

/// A protocol and the set of its ports that are served (RFC 1035, 3.4.2). Words are read for both;
/// protocols are written as words, as they always were, and ports as numbers.
final class WksField extends Field {
    static final WksField WKS = new WksField();

    @Override
    void parse(Words in, Octets out) throws TextFault {
        out.u8((int) in.numberOr(Mnemonics.PROTOCOLS, 0xff));
        var ports = new BitSet();
        while (in.hasNext()) ports.set((int) in.numberOr(Mnemonics.SERVICES, 0xffff));
        for (int octet = 0; octet < ports.length(); octet += 8) {
            int bits = 0;
            for (int i = 0; i < 8; i++) if (ports.get(octet + i)) bits |= 0x80 >> i;
            out.u8(bits);
        }
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return end - at < 1 || end - at > 1 + 8192 ? -1 : end;
    }

    /// Octets of zero at the end are no ports, and so not in the text.
    @Override
    boolean hasText(byte[] rdata, int at) {
        return rdata.length == at + 1 || rdata[rdata.length - 1] != 0;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        int protocol = rdata[at] & 0xff;
        switch (protocol) {
            case 6 -> out.text("tcp");
            case 17 -> out.text("udp");
            default -> out.decimal(protocol);
        }
        for (int port = 0; port < (rdata.length - at - 1) * 8; port++) {
            if ((rdata[at + 1 + port / 8] & 0x80 >> port % 8) != 0) {
                out.ch(' ').decimal(port);
            }
        }
        return rdata.length;
    }

    private WksField() {}
}
