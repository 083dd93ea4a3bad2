// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.util.Arrays;

/// The value of a service parameter as text: as it was written, with the escapes of zone files
/// resolved, and that as a list whose commas may be escaped once more (RFC 9460, appendix A.1).
final class SvcText {
    private final Octets value = new Octets();
    private byte[] raw = new byte[0];
    private int rawStart;
    private int rawEnd;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int items;

    void set(byte[] text, int start, int end, Words in) throws TextFault {
        raw = text;
        rawStart = start;
        rawEnd = end;
        value.clear();
        CharacterStrings.unescape(text, start, end, value);
        items = 0;
        int from = 0;
        byte[] a = value.array();
        for (int at = 0; at <= value.length(); at++) {
            if (at < value.length() && a[at] == '\\') {
                at++;
            } else if (at >= value.length() || a[at] == ',') {
                add(from, Math.min(at, value.length()));
                from = at + 1;
            }
        }
    }

    private void add(int start, int end) {
        if (items == starts.length) {
            starts = Arrays.copyOf(starts, items * 2);
            ends = Arrays.copyOf(ends, items * 2);
        }
        starts[items] = start;
        ends[items++] = end;
    }

    byte[] array() {
        return value.array();
    }

    int length() {
        return value.length();
    }

    byte[] raw() {
        return raw;
    }

    int rawStart() {
        return rawStart;
    }

    int rawEnd() {
        return rawEnd;
    }

    int items() {
        return items;
    }

    int itemStart(int item) {
        return starts[item];
    }

    int itemEnd(int item) {
        return ends[item];
    }

    int number(int item, Words in) throws TextFault {
        int v = 0;
        for (int i = starts[item]; i < ends[item]; i++) {
            int digit = value.array()[i] - '0';
            if (digit < 0 || digit > 9) throw in.fault("not a number: " + in.word());
            v = v * 10 + digit;
            if (v > 0xffff) throw in.fault("number > 65535: " + in.word());
        }
        if (starts[item] == ends[item]) throw in.fault("empty item: " + in.word());
        return v;
    }

    /// Appends an item; in it a backslash stands before a comma or a backslash only.
    void unescapeItem(int item, Octets out, Words in) throws TextFault {
        byte[] a = value.array();
        if (starts[item] == ends[item]) throw in.fault("empty item: " + in.word());
        for (int at = starts[item]; at < ends[item]; at++) {
            if (a[at] == '\\') {
                at++;
                if (at >= ends[item] || (a[at] != ',' && a[at] != '\\')) {
                    throw in.fault("a backslash escapes nothing in the list: " + in.word());
                }
            }
            out.u8(a[at]);
        }
    }
}
