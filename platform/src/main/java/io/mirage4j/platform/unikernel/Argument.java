// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Something that a program is told when it is started, as `--name=value`: how it is called, how a
/// text becomes a value, what it is if nobody says. [Arguments#get] gives the value of one.
///
/// Without a default it has to be given; [#optional] makes it one that need not be.
///
/// @param <T> what the text means
public final class Argument<T> {
    private final String name;
    private final String form;
    private final String help;
    private final boolean isFlag;
    private final Function<String, Parsed<T>> reader;
    private final @Nullable T fallback;

    private Argument(
            String name,
            String form,
            String help,
            boolean isFlag,
            Function<String, Parsed<T>> reader,
            @Nullable T fallback) {
        this.name = name;
        this.form = form;
        this.help = help;
        this.isFlag = isFlag;
        this.reader = reader;
        this.fallback = fallback;
    }

    /// An argument of any kind.
    ///
    /// @param form what stands for the value in the help, such as `PREFIX`
    /// @param reader what makes a value of a text, or says why it is none
    public static <T> Argument<T> of(String name, String form, Function<String, Parsed<T>> reader) {
        checkName(name);
        return new Argument<>(name, form, "", false, reader, null);
    }

    public static Argument<String> text(String name) {
        return of(name, "TEXT", Parsed.Value::new);
    }

    /// A whole number from `least` to `most`.
    public static Argument<Integer> number(String name, int least, int most) {
        if (least > most) throw new IllegalArgumentException("least " + least + " > most " + most);
        return of(name, "NUMBER", text -> readNumber(text, least, most));
    }

    /// One of the words of an enum, in small letters with `-` for `_`.
    public static <E extends Enum<E>> Argument<E> choice(String name, E[] values) {
        E[] all = values.clone();
        String words = String.join("|", Arrays.stream(all).map(Argument::word).toList());
        return of(name, words, text -> readChoice(text, all, words));
    }

    /// Given or not: `--name`, without a value.
    public static Argument<Boolean> flag(String name) {
        checkName(name);
        return new Argument<>(name, "", "", true, text -> new Parsed.Value<>(true), false);
    }

    /// As `10.0.0.2/24`.
    public static Argument<IpPrefix> ipPrefix(String name) {
        return of(name, "PREFIX", IpPrefix::parse);
    }

    /// As `10.0.0.1` or `2001:db8::1`.
    public static Argument<IpAddress> ipAddress(String name) {
        return of(name, "ADDRESS", IpAddress::parse);
    }

    /// As `10.0.0.1:53` or `[2001:db8::1]:53`.
    public static Argument<Endpoint> endpoint(String name) {
        return of(name, "ADDRESS:PORT", Endpoint::parse);
    }

    /// As `02:00:00:00:00:01`.
    public static Argument<MacAddress> macAddress(String name) {
        return of(name, "MAC", MacAddress::parse);
    }

    /// The same, with a line that says what it is for.
    public Argument<T> help(String line) {
        return new Argument<>(name, form, line, isFlag, reader, fallback);
    }

    /// The same, which is `value` where it is not given.
    public Argument<T> orElse(T value) {
        return new Argument<>(name, form, help, isFlag, reader, value);
    }

    /// The same, which may be left out.
    public Argument<Optional<T>> optional() {
        return mapped(Optional::of, Optional.empty());
    }

    /// The same, which may be given several times: all of them in their order, none if there is
    /// none.
    public Argument<List<T>> several() {
        return mapped(List::of, List.of());
    }

    private <R> Argument<R> mapped(Function<T, R> made, R without) {
        return new Argument<>(
                name,
                form,
                help,
                isFlag,
                text ->
                        switch (reader.apply(text)) {
                            case Parsed.Value<T>(T value) -> new Parsed.Value<>(made.apply(value));
                            case Parsed.Malformed<T>(String reason, int at) ->
                                    new Parsed.Malformed<>(reason, at);
                        },
                without);
    }

    public String name() {
        return name;
    }

    /// What stands for the value in the help; empty for a flag.
    public String form() {
        return form;
    }

    public String help() {
        return help;
    }

    public boolean isFlag() {
        return isFlag;
    }

    /// It has no default and is not optional.
    public boolean isRequired() {
        return fallback == null;
    }

    /// What it is where it is not given, as text; empty if there is nothing to tell.
    public String fallbackText() {
        if (fallback == null
                || isFlag
                || fallback.equals(Optional.empty())
                || fallback.equals(List.of())) {
            return "";
        }
        return fallback instanceof Enum<?> word ? word(word) : fallback.toString();
    }

    /// As it is written on a command line: `--name=FORM`.
    public String usage() {
        String once = isFlag ? "--" + name : "--" + name + "=" + form;
        return isSeveral() ? once + "..." : once;
    }

    boolean isSeveral() {
        return fallback instanceof List<?>;
    }

    Parsed<T> read(String text) {
        return reader.apply(text);
    }

    @Nullable T fallback() {
        return fallback;
    }

    private static Parsed<Integer> readNumber(String text, int least, int most) {
        int at = text.startsWith("-") ? 1 : 0;
        long value = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return new Parsed.Malformed<>("digit expected", i);
            value = Math.min(value * 10 + c - '0', 1L << 32);
        }
        if (text.length() == at) return new Parsed.Malformed<>("digit expected", at);
        value = at == 0 ? value : -value;
        if (value < least || value > most) {
            return new Parsed.Malformed<>("not in " + least + ".." + most, 0);
        }
        return new Parsed.Value<>((int) value);
    }

    private static <E extends Enum<E>> Parsed<E> readChoice(String text, E[] values, String words) {
        for (E value : values) {
            if (word(value).equals(text)) return new Parsed.Value<>(value);
        }
        return new Parsed.Malformed<>("none of " + words, 0);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void checkName(String name) {
        boolean fits = !name.isEmpty() && !name.equals("help");
        for (int i = 0; i < name.length() && fits; i++) {
            char c = name.charAt(i);
            fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "argument name '"
                            + name
                            + "' is not small letters, digits and '-', or it is 'help'");
        }
    }
}
