// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values of the arguments of one start, all of them of the types that were declared.
public final class Arguments {
    /// What came of reading a command line.
    public sealed interface Reading {
        /// The program may run.
        record Given(Arguments arguments) implements Reading {}

        /// Somebody asked for help.
        record Help(String text) implements Reading {}

        /// Something is wrong; the message names the argument, the value and the way out.
        record Wrong(String message) implements Reading {}
    }

    private final Map<Argument<?>, Object> values;

    private Arguments(Map<Argument<?>, Object> values) {
        this.values = values;
    }

    /// The value that was given, or the default.
    ///
    /// @throws IllegalArgumentException if the program did not declare `argument`
    public <T> T get(Argument<T> argument) {
        Object value = values.get(argument);
        if (value == null) {
            throw new IllegalArgumentException(
                    "argument --" + argument.name() + " is not in the declaration");
        }
        @SuppressWarnings("unchecked") // put there by what `argument` itself read, or its default
        T typed = (T) value;
        return typed;
    }

    static Reading read(Declaration declaration, String... words) {
        Map<Argument<?>, Object> values = new HashMap<>();
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.equals("--help")) return new Reading.Help(declaration.help());
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Argument<?> argument = name.startsWith("--") ? find(declaration, name) : null;
            if (argument == null) return wrong(declaration, "no argument " + word);
            if (values.containsKey(argument) && !argument.isSeveral()) {
                return wrong(declaration, name + " is given twice");
            }
            String text;
            if (equals >= 0) {
                if (argument.isFlag()) {
                    return wrong(declaration, name + " takes no value, but has '" + word + "'");
                }
                text = word.substring(equals + 1);
            } else if (argument.isFlag()) {
                text = "";
            } else if (i + 1 < words.length) {
                text = words[++i];
            } else {
                return wrong(declaration, name + " needs a value: " + argument.usage());
            }
            switch (argument.read(text)) {
                case Parsed.Value<?>(Object value) ->
                        values.merge(argument, value, Arguments::joined);
                case Parsed.Malformed<?>(String reason, int at) -> {
                    return wrong(
                            declaration,
                            name
                                    + "="
                                    + text
                                    + ": "
                                    + reason
                                    + " at "
                                    + at
                                    + "; wanted "
                                    + argument.usage());
                }
            }
        }
        return complete(declaration, values);
    }

    /// Of an argument that may be given several times.
    private static Object joined(Object before, Object more) {
        List<Object> all = new ArrayList<>((List<?>) before);
        all.addAll((List<?>) more);
        return List.copyOf(all);
    }

    private static Reading complete(Declaration declaration, Map<Argument<?>, Object> values) {
        for (Argument<?> argument : declaration.arguments()) {
            if (!values.containsKey(argument)) {
                Object fallback = argument.fallback();
                if (fallback == null) return wrong(declaration, argument.usage() + " is missing");
                values.put(argument, fallback);
            }
        }
        return new Reading.Given(new Arguments(values));
    }

    private static @Nullable Argument<?> find(Declaration declaration, String option) {
        for (Argument<?> argument : declaration.arguments()) {
            if (option.length() == argument.name().length() + 2
                    && option.endsWith(argument.name())) {
                return argument;
            }
        }
        return null;
    }

    private static Reading wrong(Declaration declaration, String what) {
        return new Reading.Wrong(declaration.name() + ": " + what + "; --help tells what there is");
    }
}
