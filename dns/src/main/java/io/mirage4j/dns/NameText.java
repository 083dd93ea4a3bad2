// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Names as zone files write them (RFC 1035, 5.1). Nothing here allocates but on a fault.
final class NameText {
    /// Writes the name in `text[start..end)` into `target`, which has 255 octets, and tells its
    /// length.
    static int parse(byte[] text, int start, int end, DnsName origin, byte[] target)
            throws TextFault {
        if (end - start == 1) {
            if (text[start] == '@') return append(origin, target, 0, start);
            if (text[start] == '.') {
                target[0] = 0;
                return 1;
            }
        }
        if (start == end) throw new TextFault("empty name", start);
        int label = 0; // where the length of this label will stand
        int to = 1;
        int at = start;
        while (at < end) {
            int c = text[at];
            if (c == '.') {
                closeLabel(target, label, to, at);
                label = to++;
                if (to > DnsName.MAX_OCTETS) throw tooLong(at);
                at++;
                continue;
            }
            if (c == '\\') {
                c = CharacterStrings.escaped(text, at, end);
                at += CharacterStrings.escapeLength(text, at);
            } else {
                at++;
            }
            if (to >= DnsName.MAX_OCTETS) throw tooLong(at - 1);
            if (to - label > DnsName.MAX_LABEL_OCTETS) {
                throw new TextFault("label > 63 octets", at - 1);
            }
            target[to++] = (byte) c;
        }
        if (to - 1 == label) { // the text ended in a dot
            target[label] = 0;
            return to;
        }
        closeLabel(target, label, to, end);
        return append(origin, target, to, end);
    }

    private static void closeLabel(byte[] target, int label, int to, int at) throws TextFault {
        int length = to - label - 1;
        if (length == 0) throw new TextFault("empty label", at);
        target[label] = (byte) length;
    }

    private static int append(DnsName origin, byte[] target, int to, int at) throws TextFault {
        if (to + origin.lengthOctets() > DnsName.MAX_OCTETS) throw tooLong(at);
        origin.copyTo(target, to);
        return to + origin.lengthOctets();
    }

    private static TextFault tooLong(int at) {
        return new TextFault("name > 255 octets", at);
    }

    private NameText() {}
}
