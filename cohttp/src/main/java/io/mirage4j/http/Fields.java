// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.http.wire.FieldLines;
import io.mirage4j.http.wire.HeadWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Header or trailer fields, in their order, each as often as it came; names do not differ in case.
///
/// ```java
/// Fields fields = Fields.of("Content-Type", "text/plain", "Vary", "Accept");
/// Optional<MediaType> type = fields.first("content-type").flatMap(MediaType::parse);
/// ```
///
/// Those that were read are copied out of the input once, as octets; a name or a value becomes text
/// when it is asked for. What was built can be sent: names are tokens, values have no control
/// characters. Immutable but for that laziness, which any thread may meet.
public final class Fields {
    public static final Fields NONE = new Fields(new String[0], new String[0], null, null);

    private final @Nullable String[] names;
    private final @Nullable String[] values;

    /// What was read: the octets of all lines, and offset and length of each name and value.
    private final byte @Nullable [] octets;

    private final int @Nullable [] spans;

    private Fields(
            @Nullable String[] names,
            @Nullable String[] values,
            byte @Nullable [] octets,
            int @Nullable [] spans) {
        this.names = names;
        this.values = values;
        this.octets = octets;
        this.spans = spans;
    }

    /// Names and values in turn.
    public static Fields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    namesAndValues.length + " names and values are no pairs");
        }
        var builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// A copy of what a reader found, which outlives the input.
    public static Fields copyOf(FieldLines lines) {
        int count = lines.count();
        if (count == 0) return NONE;
        int from = lines.nameOff(0);
        int end = lines.valueOff(count - 1) + lines.valueLength(count - 1);
        int[] spans = new int[4 * count];
        for (int i = 0; i < count; i++) {
            spans[4 * i] = lines.nameOff(i) - from;
            spans[4 * i + 1] = lines.nameLength(i);
            spans[4 * i + 2] = lines.valueOff(i) - from;
            spans[4 * i + 3] = lines.valueLength(i);
        }
        byte[] octets = lines.octets().toByteArray(from, end - from);
        var fields = new Fields(new String[count], new String[count], octets, spans);
        if (lines.hasFolds()) {
            for (int i = 0; i < count; i++) {
                fields.values[i] = lines.value(i);
            }
        }
        return fields;
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        String name = names[index];
        if (name == null) {
            name = names[index] = text(4 * index);
        }
        return name;
    }

    public String value(int index) {
        String value = values[index];
        if (value == null) {
            value = values[index] = text(4 * index + 2);
        }
        return value;
    }

    private String text(int span) {
        byte[] octets = this.octets;
        int[] spans = this.spans;
        if (octets == null || spans == null) throw new AssertionError("neither text nor octets");
        return new String(octets, spans[span], spans[span + 1], StandardCharsets.ISO_8859_1);
    }

    /// The first index not before `from` of a field of this name, or -1.
    public int find(String name, int from) {
        for (int i = from; i < names.length; i++) {
            int[] spans = this.spans;
            if ((spans == null || spans[4 * i + 1] == name.length())
                    && name(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean contains(String name) {
        return find(name, 0) >= 0;
    }

    public Optional<String> first(String name) {
        int at = find(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(value(at));
    }

    /// The value where the field came once; of a field that is no list, several are as good as
    /// none.
    public Optional<String> only(String name) {
        int at = find(name, 0);
        return at < 0 || find(name, at + 1) >= 0 ? Optional.empty() : Optional.of(value(at));
    }

    /// All values of that name, in order.
    public List<String> all(String name) {
        List<String> all = new ArrayList<>();
        for (int at = find(name, 0); at >= 0; at = find(name, at + 1)) {
            all.add(value(at));
        }
        return all;
    }

    /// The values of a list field as one list, joined by commas (RFC 9110, 5.3).
    public Optional<String> list(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }

    /// Whether a list field has this element, compared without case: `Connection: close`.
    public boolean lists(String name, String element) {
        for (String value : all(name)) {
            for (String part : value.split(",", -1)) {
                if (part.strip().equalsIgnoreCase(element)) return true;
            }
        }
        return false;
    }

    /// A number of digits alone, as Content-Length and Age have; empty if it is not that.
    public Optional<Long> number(String name) {
        return only(name).flatMap(Fields::number0);
    }

    private static Optional<Long> number0(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.length() > 18) return Optional.empty();
        return Optional.of(Long.parseLong(text));
    }

    /// A date, in seconds since 1970.
    public Optional<Long> date(String name) {
        return only(name).map(HttpDate::parse).filter(seconds -> seconds != HttpDate.NONE);
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(name(i), value(i));
        }
    }

    /// Writes all of them.
    public void writeTo(HeadWriter head) {
        for (int i = 0; i < size(); i++) {
            head.field(name(i), value(i));
        }
    }

    public Builder toBuilder() {
        var builder = new Builder();
        forEach(builder::add);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Fields that) || size() != that.size()) return false;
        for (int i = 0; i < size(); i++) {
            if (!name(i).equalsIgnoreCase(that.name(i)) || !value(i).equals(that.value(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size(); i++) {
            hash = 31 * hash + name(i).toLowerCase(Locale.ROOT).hashCode() + value(i).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        var out = new StringBuilder();
        forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
        return out.toString();
    }

    /// Fields that are put together.
    public static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        private Builder() {}

        /// One more line.
        public Builder add(String name, String value) {
            if (!FieldText.isToken(name)) {
                throw new IllegalArgumentException("not a field name: " + name);
            }
            if (!FieldText.isValue(value)) {
                throw new IllegalArgumentException(
                        name + ": not a field value: " + Arrays.toString(value.toCharArray()));
            }
            names.add(name);
            values.add(value.strip());
            return this;
        }

        /// The only line of that name.
        public Builder set(String name, String value) {
            remove(name);
            return add(name, value);
        }

        public Builder addAll(Fields fields) {
            fields.forEach(this::add);
            return this;
        }

        public Builder remove(String name) {
            for (int i = names.size() - 1; i >= 0; i--) {
                if (names.get(i).equalsIgnoreCase(name)) {
                    names.remove(i);
                    values.remove(i);
                }
            }
            return this;
        }

        public Fields build() {
            return names.isEmpty()
                    ? NONE
                    : new Fields(
                            names.toArray(new String[0]),
                            values.toArray(new String[0]),
                            null,
                            null);
        }
    }
}
