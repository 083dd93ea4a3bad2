// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Octets `first` to `last`, both included, of a representation (RFC 9110, 14).
public record ByteRange(long first, long last) {
    /// What a Range field asks for.
    public sealed interface Request {
        /// No ranges that are understood: send it all, 200.
        record Whole() implements Request {}

        /// 206, in this order.
        record Parts(List<ByteRange> ranges) implements Request {
            public Parts {
                ranges = List.copyOf(ranges);
            }
        }

        /// 416.
        record Unsatisfiable() implements Request {}
    }

    /// More ranges than this in one request are an attack or a fault, and are not heard.
    public static final int MOST_RANGES = 16;

    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("range " + first + "-" + last);
        }
    }

    public long length() {
        return last - first + 1;
    }

    /// What the field asks of a representation of `length` octets.
    public static Request parse(String text, long length) {
        Optional<List<ByteRange>> ranges = ranges(new FieldText(text), length);
        if (ranges.isEmpty()) return new Request.Whole();
        List<ByteRange> parts = ranges.get();
        if (parts.isEmpty()) return new Request.Unsatisfiable();
        return overlap(parts) ? new Request.Whole() : new Request.Parts(parts);
    }

    /// Those that can be satisfied; nothing if the field is to be ignored.
    private static Optional<List<ByteRange>> ranges(FieldText field, long length) {
        String unit = field.token();
        if (unit == null || !unit.equalsIgnoreCase("bytes") || !field.take('=')) {
            return Optional.empty();
        }
        List<ByteRange> parts = new ArrayList<>();
        int count = 0;
        while (field.nextElement()) {
            long first = number(field);
            boolean dash = field.take('-');
            long last = number(field);
            boolean named = first >= 0 || last >= 0;
            boolean ordered = first < 0 || last < 0 || first <= last;
            if (!dash || !named || !ordered || !field.elementEnds() || ++count > MOST_RANGES) {
                return Optional.empty();
            }
            if (first < 0) {
                if (last > 0 && length > 0) {
                    parts.add(new ByteRange(Math.max(0, length - last), length - 1));
                }
            } else if (first < length) {
                parts.add(new ByteRange(first, last < 0 ? length - 1 : Math.min(last, length - 1)));
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(parts);
    }

    /// Digits, the greatest number if there are too many of them, or -1.
    private static long number(FieldText field) {
        long number = -1;
        for (int c = field.peek(); c >= '0' && c <= '9'; c = field.peek()) {
            field.take((char) c);
            long sofar = Math.max(0, number);
            number = sofar > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : 10 * sofar + c - '0';
        }
        return number;
    }

    /// RFC 9110, 14.2: more than two overlapping ranges need not be heard; we hear none.
    private static boolean overlap(List<ByteRange> parts) {
        List<ByteRange> sorted = new ArrayList<>(parts);
        sorted.sort((a, b) -> Long.compare(a.first, b.first));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first <= sorted.get(i - 1).last) return true;
        }
        return false;
    }

    /// The value of Content-Range for a representation of `length` octets.
    public String contentRange(long length) {
        return "bytes " + first + "-" + last + "/" + length;
    }

    /// The value of Content-Range with 416.
    public static String unsatisfied(long length) {
        return "bytes */" + length;
    }
}
