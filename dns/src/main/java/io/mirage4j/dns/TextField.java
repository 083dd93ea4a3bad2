// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Character-strings (RFC 1035, 3.3): a length and up to 255 octets, or what fills the rest.
final class TextField extends Field {
    private enum Extent {
        ONE,
        /// One or none.
        OPTIONAL,
        /// One, written without quotes if it is letters and digits.
        TAG,
        /// One or more; a longer text becomes several.
        MANY,
        /// All that is left, without a length.
        REST
    }

    static final TextField STRING = new TextField(Extent.ONE);
    static final TextField TAG = new TextField(Extent.TAG);
    static final TextField OPTIONAL = new TextField(Extent.OPTIONAL);
    static final TextField STRINGS = new TextField(Extent.MANY);
    static final TextField REST = new TextField(Extent.REST);

    private static final int MAX = 255;

    private final Extent extent;

    private TextField(Extent extent) {
        this.extent = extent;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        switch (extent) {
            case REST -> in.unescape(out);
            case ONE, TAG -> string(in, out);
            case OPTIONAL -> {
                if (in.hasNext()) {
                    string(in, out);
                }
            }
            case MANY -> {
                do string(in, out);
                while (in.hasNext());
            }
        }
    }

    private void string(Words in, Octets out) throws TextFault {
        int start = in.start();
        int at = out.grow(1);
        in.unescape(out);
        int length = out.length() - at - 1;
        if (length > MAX) {
            if (extent != Extent.MANY) {
                throw new TextFault("text of " + length + " octets > " + MAX, start);
            }
            split(out, at, length);
        } else {
            out.setU8(at, length);
        }
    }

    /// Puts lengths between the pieces of a long text.
    private static void split(Octets out, int at, int length) {
        int more = (length - 1) / MAX;
        out.grow(more);
        byte[] a = out.array();
        for (int piece = more; piece >= 0; piece--) {
            int from = at + 1 + piece * MAX;
            int len = Math.min(MAX, length - piece * MAX);
            System.arraycopy(a, from, a, from + piece, len);
            a[from + piece - 1] = (byte) len;
        }
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return switch (extent) {
            case REST -> end;
            case ONE, TAG -> skipOne(rdata, at, end);
            case OPTIONAL -> at == end ? at : skipOne(rdata, at, end);
            case MANY -> {
                int next = skipOne(rdata, at, end);
                while (next >= 0 && next < end) next = skipOne(rdata, next, end);
                yield next;
            }
        };
    }

    private static int skipOne(byte[] rdata, int at, int end) {
        if (at >= end) return -1;
        int next = at + 1 + (rdata[at] & 0xff);
        return next <= end ? next : -1;
    }

    @Override
    boolean hasWordForNothing() {
        return extent == Extent.REST;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        if (extent == Extent.REST) {
            out.quoted(rdata, at, rdata.length - at);
            return rdata.length;
        }
        int next = at;
        while (next < rdata.length) {
            if (next > at) {
                out.ch(' ');
            }
            int length = rdata[next] & 0xff;
            if (extent == Extent.TAG && isPlain(rdata, next + 1, length)) {
                for (int i = 1; i <= length; i++) out.ch(rdata[next + i]);
            } else {
                out.quoted(rdata, next + 1, length);
            }
            next += 1 + length;
            if (extent != Extent.MANY) break;
        }
        return next;
    }

    private static boolean isPlain(byte[] rdata, int off, int len) {
        for (int i = off; i < off + len; i++) {
            int c = rdata[i];
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '0' || c > '9')) return false;
        }
        return len > 0;
    }
}
