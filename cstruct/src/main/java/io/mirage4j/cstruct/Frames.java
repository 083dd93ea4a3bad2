// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Walks over a window of frames that lie end to end, each telling its own length: options of a
/// header, records of a capture. No copy.
///
/// ```java
/// Frames<Option> options = Frames.in(header, w -> w.length() < 2 ? -1 : w.u8(1), Option::parse);
/// while (options.hasNext()) {
///     handle(options.next());
/// }
/// if (!options.rest().isEmpty()) {
///     count(MALFORMED);
/// }
/// ```
///
/// The length function sees all that is left and says how many octets the next frame takes. The
/// walk ends where nothing is left, and where the function says nothing sensible: less than one
/// octet, or more than there are. [#rest] then tells from where.
public final class Frames<T> implements Iterator<T> {
    private final ToIntFunction<ReadOnlyCstruct> lengthOf;
    private final Function<ReadOnlyCstruct, T> parse;
    private ReadOnlyCstruct rest;

    private Frames(
            ReadOnlyCstruct window,
            ToIntFunction<ReadOnlyCstruct> lengthOf,
            Function<ReadOnlyCstruct, T> parse) {
        this.rest = window;
        this.lengthOf = lengthOf;
        this.parse = parse;
    }

    /// The frames of `window`, each made into what `parse` makes of it.
    public static <T> Frames<T> in(
            ReadOnlyCstruct window,
            ToIntFunction<ReadOnlyCstruct> lengthOf,
            Function<ReadOnlyCstruct, T> parse) {
        return new Frames<>(window, lengthOf, parse);
    }

    @Override
    public boolean hasNext() {
        return nextLength() > 0;
    }

    @Override
    public T next() {
        int length = nextLength();
        if (length <= 0) {
            throw new NoSuchElementException("no frame: " + rest.length() + " octets are left");
        }
        ReadOnlyCstruct frame = rest.sub(0, length);
        rest = rest.shift(length);
        return parse.apply(frame);
    }

    /// What is left: nothing once all octets were frames.
    public ReadOnlyCstruct rest() {
        return rest;
    }

    /// What `f` makes of `seed` and all frames that are left, in order.
    public <R> R fold(R seed, BiFunction<R, T, R> f) {
        R result = seed;
        while (hasNext()) {
            result = f.apply(result, next());
        }
        return result;
    }

    private int nextLength() {
        if (rest.isEmpty()) return 0;
        int length = lengthOf.applyAsInt(rest);
        return length <= rest.length() ? length : 0;
    }
}
