// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.apache.commons.codec.binary.Base64;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// The values of service parameters: for each kind its text, its octets and what is neither.
enum SvcParam {
    /// Keys that a client must understand.
    KEYS {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            int from = out.length();
            for (int i = 0; i < value.items(); i++) {
                int key = keys.find(value.array(), value.itemStart(i), value.itemEnd(i));
                if (key < 0) throw in.fault("unknown key in mandatory");
                // In ascending order, whatever the text's is.
                int at = out.length();
                out.u16(key);
                byte[] a = out.array();
                for (; at > from && Field.u16(a, at - 2) > key; at -= 2) {
                    a[at] = a[at - 2];
                    a[at + 1] = a[at - 1];
                    a[at - 2] = (byte) (key >> 8);
                    a[at - 1] = (byte) key;
                }
            }
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            if (from == to || (to - from) % 2 != 0) return false;
            int before = 0; // nor is 0, mandatory itself
            for (int at = from; at < to; at += 2) {
                int key = Field.u16(a, at);
                if (key <= before) return false;
                before = key;
            }
            return true;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            for (int at = from; at < to; at += 2) {
                if (at > from) {
                    out.ch(',');
                }
                out.text(keys.name(Field.u16(a, at)));
            }
        }
    },

    /// Strings with a length in front, at least one, none empty.
    STRINGS {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            for (int i = 0; i < value.items(); i++) {
                int at = out.grow(1);
                value.unescapeItem(i, out, in);
                int length = out.length() - at - 1;
                if (length > 255) throw in.fault("item of " + length + " octets > 255");
                out.setU8(at, length);
            }
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            int at = from;
            while (at < to && a[at] != 0) at += 1 + (a[at] & 0xff);
            return at == to && from < to;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            out.ch('"');
            for (int at = from; at < to; at += 1 + (a[at] & 0xff)) {
                if (at > from) {
                    out.ch(',');
                }
                for (int i = 1; i <= (a[at] & 0xff); i++) item(a[at + i] & 0xff, out);
            }
            out.ch('"');
        }

        // Escaped for the list and once more for the string around it.
        private void item(int c, TextOut out) {
            switch (c) {
                case ',' -> out.text("\\\\,");
                case '\\' -> out.text("\\\\\\\\");
                case '"' -> out.text("\\\"");
                default -> {
                    if (c >= ' ' && c < 0x7f) out.ch(c);
                    else out.ch('\\').decimal(c, 3);
                }
            }
        }
    },

    /// Present or not.
    EMPTY {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            throw in.fault("takes no value: " + in.word());
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return from == to;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {}
    },

    /// Numbers of 16 bits: one.
    PORT {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            if (value.items() != 1) throw in.fault("not one port: " + in.word());
            out.u16(value.number(0, in));
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return to - from == 2;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            out.decimal(Field.u16(a, from));
        }
    },

    /// Numbers of 16 bits: at least one.
    NUMBERS {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            for (int i = 0; i < value.items(); i++) out.u16(value.number(i, in));
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return to > from && (to - from) % 2 == 0;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            for (int at = from; at < to; at += 2) {
                if (at > from) {
                    out.ch(',');
                }
                out.decimal(Field.u16(a, at));
            }
        }
    },

    IPV4 {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            for (int i = 0; i < value.items(); i++) {
                AddressField.ipv4(value.array(), value.itemStart(i), value.itemEnd(i), out);
            }
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return to > from && (to - from) % 4 == 0;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            for (int at = from; at < to; at += 4) {
                if (at > from) {
                    out.ch(',');
                }
                AddressField.printIpv4(a, at, out);
            }
        }
    },

    IPV6 {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            for (int i = 0; i < value.items(); i++) {
                AddressField.ipv6(value.array(), value.itemStart(i), value.itemEnd(i), out);
            }
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return to > from && (to - from) % 16 == 0;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            for (int at = from; at < to; at += 16) {
                if (at > from) {
                    out.ch(',');
                }
                AddressField.printIpv6(a, at, out);
            }
        }
    },

    BASE64 {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            var digits = new Words();
            digits.text(value.array(), value.length());
            digits.add(0, value.length(), false);
            OctetField.BASE64.parse(digits, out);
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return to > from;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            out.ascii(Base64.encodeBase64(Arrays.copyOfRange(a, from, to)));
        }
    },

    /// Any octets; some where the key has a name.
    OCTETS {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) {
            out.bytes(value.array(), 0, value.length());
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            return to > from;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            out.quoted(a, from, to - from);
        }
    },

    /// Names in full, at least one. A comma in one is escaped.
    NAMES {
        @Override
        void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault {
            byte[] text = value.raw();
            int start = value.rawStart();
            int end = value.rawEnd();
            for (int at = start; at <= end; at++) {
                int itemStart = at;
                while (at < end && text[at] != ',') {
                    at += text[at] == '\\' && at + 1 < end ? 2 : 1;
                }
                int length = NameText.parse(text, itemStart, at, in.origin, in.name);
                out.bytes(in.name, 0, length);
            }
        }

        @Override
        boolean isValue(byte[] a, int from, int to) {
            int at = from;
            while (at >= 0 && at < to) at = NameField.NAME.skip(a, at, to);
            return at == to && from < to;
        }

        @Override
        void print(byte[] a, int from, int to, SvcKeys keys, TextOut out) {
            for (int at = from; at < to; at = NameField.NAME.skip(a, at, to)) {
                if (at > from) {
                    out.ch(',');
                }
                int length = out.length();
                out.name(a, at);
                out.escapeCommas(length);
            }
        }
    };

    /// Appends the octets of a value that is not empty.
    abstract void parse(SvcText value, SvcKeys keys, Words in, Octets out) throws TextFault;

    abstract boolean isValue(byte[] a, int from, int to);

    abstract void print(byte[] a, int from, int to, SvcKeys keys, TextOut out);

    /// What a key that says nothing to us has.
    static SvcParam orOctets(@Nullable SvcParam known) {
        return known == null ? OCTETS : known;
    }
}
