// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

/// What the `validate` of a declared layout found: nothing wrong, or the first field that is, with
/// its value. A field of a nested layout is named by its path, `seg[3].lastSect`.
///
/// [Ok] costs no object.
public sealed interface Verdict {
    /// Every field holds what its declaration asks for.
    enum Ok implements Verdict {
        OK
    }

    /// The octets end before `field` does: it needs `needed` of them, counted from the layout's
    /// first, and there are `available`. Where not even the fixed part fits, `field` is the layout.
    record Truncated(String field, long needed, long available) implements Verdict {
        @Override
        public String toString() {
            return field + " needs " + needed + " octets, there are " + available;
        }
    }

    /// A constant field holds something else.
    record WrongConstant(String field, long value, long expected) implements Verdict {
        @Override
        public String toString() {
            return field + " is " + text(value) + ", not " + text(expected);
        }
    }

    /// A field holds a value outside its range; for a length field, one that gives its tail less
    /// than nothing. Values of an unsigned 64-bit field are the `long` with their bits.
    record OutOfRange(String field, long value, long min, long max) implements Verdict {
        @Override
        public String toString() {
            return field + " is " + text(value) + ", not in " + text(min) + ".." + text(max);
        }
    }

    default boolean isOk() {
        return this == Ok.OK;
    }

    /// The same verdict as the layout around says it, where `field` is the nested layout's name.
    default Verdict within(String field) {
        return switch (this) {
            case Ok ok -> ok;
            case Truncated(String inner, long needed, long available) ->
                    new Truncated(field + "." + inner, needed, available);
            case WrongConstant(String inner, long value, long expected) ->
                    new WrongConstant(field + "." + inner, value, expected);
            case OutOfRange(String inner, long value, long min, long max) ->
                    new OutOfRange(field + "." + inner, value, min, max);
        };
    }

    /// The same verdict as the layout around says it, where the nested one is an array's element.
    default Verdict within(String field, int index) {
        return isOk() ? this : within(field + "[" + index + "]");
    }

    private static String text(long value) {
        return -10 < value && value < 10
                ? "" + value
                : value + " (0x" + Long.toHexString(value) + ")";
    }
}
