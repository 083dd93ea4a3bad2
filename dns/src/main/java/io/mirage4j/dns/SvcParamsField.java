// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The parameters that fill the rest of SVCB, HTTPS, DELEG and DELEGPARAM records: in octets by
/// ascending keys, each once; in text in any order (RFC 9460, 2.1 and 2.2).
final class SvcParamsField extends Field {
    static final SvcParamsField SERVICE = new SvcParamsField(SvcKeys.SERVICE);
    static final SvcParamsField DELEGATION = new SvcParamsField(SvcKeys.DELEGATION);

    private static final int HEAD = 4;

    private final SvcKeys keys;

    private SvcParamsField(SvcKeys keys) {
        this.keys = keys;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        int from = out.length();
        int start = in.start();
        var value = new SvcText();
        while (in.hasNext()) param(in, value, from, out);
        if (skip(out.array(), from, out.length()) < 0) {
            throw new TextFault(
                    "a parameter's value is none, or a mandatory one is missing", start);
        }
    }

    private void param(Words in, SvcText value, int from, Octets out) throws TextFault {
        byte[] text = in.text();
        int start = in.start();
        int end = in.end();
        int equals = start;
        while (equals < end && text[equals] != '=') equals++;
        int key = keys.find(text, start, equals);
        if (key < 0) throw in.fault("unknown parameter " + in.word());
        boolean generic = SvcKeys.isGeneric(text, start, equals);
        SvcParam param = SvcParam.orOctets(generic ? null : keys.param(key));

        int head = out.grow(HEAD);
        out.setU16(head, key);
        if (equals < end) {
            int valueStart = equals + 1;
            int valueEnd = end;
            if (valueStart == end && in.isQuotedBehind()) {
                in.skip();
                valueStart = in.start();
                valueEnd = in.end();
            }
            if (valueStart == valueEnd && !generic) throw in.fault("empty value: " + in.word());
            value.set(text, valueStart, valueEnd, in);
            param.parse(value, keys, in, out);
        } else if (!generic && param != SvcParam.EMPTY) {
            throw in.fault("no value: " + in.word());
        }
        int length = out.length() - head - HEAD;
        if (length > 0xffff) throw in.fault("value > 65535 octets");
        out.setU16(head + 2, length);
        insert(in, key, from, head, out);
        in.skip();
    }

    /// Moves the last parameter to where its key belongs.
    private static void insert(Words in, int key, int from, int head, Octets out) throws TextFault {
        byte[] a = out.array();
        int at = from;
        while (at < head && u16(a, at) < key) at += HEAD + u16(a, at + 2);
        if (at == head) return;
        if (u16(a, at) == key) throw in.fault("twice: " + in.word());
        int length = out.length() - head;
        byte[] moved = new byte[length];
        System.arraycopy(a, head, moved, 0, length);
        System.arraycopy(a, at, a, at + length, head - at);
        System.arraycopy(moved, 0, a, at, length);
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        int before = -1;
        int next = at;
        while (next < end) {
            if (end - next < HEAD) return -1;
            int key = u16(rdata, next);
            int from = next + HEAD;
            next = from + u16(rdata, next + 2);
            if (key <= before || next > end) return -1;
            SvcParam param = keys.param(key);
            boolean good =
                    param == null || param == SvcParam.OCTETS || param.isValue(rdata, from, next);
            if (!good || (key == SvcKeys.MANDATORY && !hasAll(rdata, from, next, next, end))) {
                return -1;
            }
            before = key;
        }
        return next;
    }

    /// Whether each of the keys in `rdata[from..to)` is among the parameters of `rdata[at..end)`.
    private static boolean hasAll(byte[] rdata, int from, int to, int at, int end) {
        int next = at;
        for (int wanted = from; wanted < to; wanted += 2) {
            int key = u16(rdata, wanted);
            while (end - next >= HEAD && u16(rdata, next) < key) {
                next += HEAD + u16(rdata, next + 2);
            }
            if (end - next < HEAD || u16(rdata, next) != key) return false;
        }
        return true;
    }

    @Override
    boolean putsBlanks() {
        return true;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        for (int next = at; next < rdata.length; ) {
            int key = u16(rdata, next);
            int from = next + HEAD;
            int to = from + u16(rdata, next + 2);
            if (next > 0) {
                out.ch(' ');
            }
            SvcParam param = keys.param(key);
            // What has no form under its name, an empty path, has one under its number.
            if (param == null || !param.isValue(rdata, from, to)) {
                out.text("key").decimal(key);
                if (to > from) {
                    out.ch('=').quoted(rdata, from, to - from);
                }
            } else {
                out.text(keys.name(key));
                if (to > from) {
                    param.print(rdata, from, to, keys, out.ch('='));
                }
            }
            next = to;
        }
        return rdata.length;
    }
}
