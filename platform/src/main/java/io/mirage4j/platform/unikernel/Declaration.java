// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The name of a program, its devices in the order of their handles, and its arguments.
public record Declaration(
        String name, String about, List<Device> devices, List<Argument<?>> arguments) {
    /// Entry 0 of a manifest is reserved, and it has 64.
    public static final int MAX_DEVICES = 63;

    /// The exit status of a program that was started with wrong arguments.
    public static final int WRONG_USE = 2;

    public Declaration {
        devices = List.copyOf(devices);
        arguments = List.copyOf(arguments);
        checkName(name);
        if (devices.size() > MAX_DEVICES) {
            throw new IllegalArgumentException(
                    devices.size() + " devices > " + MAX_DEVICES + " of a manifest");
        }
        Set<String> names = new HashSet<>();
        for (Device device : devices) {
            if (!names.add(device.name())) {
                throw new IllegalArgumentException("two devices named '" + device.name() + "'");
            }
        }
        names.clear();
        for (Argument<?> argument : arguments) {
            if (!names.add(argument.name())) {
                throw new IllegalArgumentException("two arguments --" + argument.name());
            }
        }
    }

    /// Begins a declaration.
    public static Builder named(String name) {
        return new Builder(name);
    }

    /// Reads the words of a command line.
    public Arguments.Reading read(String... words) {
        return Arguments.read(this, words);
    }

    /// The body of a `main`: reads `words`, answers `--help` and mistakes, runs `program` on the
    /// board that was installed, and ends the process with its status.
    public void main(String[] words, Program program) {
        int status;
        try {
            status = run(CurrentBoard.get(), words, program);
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new ProgramFailedException(name, e);
        }
        System.exit(status);
    }

    /// As [#main], on a board that is handed in, and returns the status.
    ///
    /// @throws Exception what `program` throws
    public int run(Board board, String[] words, Program program) throws Exception {
        return switch (read(words)) {
            case Arguments.Reading.Given(Arguments arguments) -> program.run(board, arguments);
            case Arguments.Reading.Help(String text) -> {
                board.console().println(text.stripTrailing());
                yield Program.OK;
            }
            case Arguments.Reading.Wrong(String message) -> {
                board.console().println(message);
                yield WRONG_USE;
            }
        };
    }

    /// What `--help` prints.
    public String help() {
        return new HelpText(this).toString();
    }

    /// Begun by [Declaration#named].
    public static final class Builder {
        private final String name;
        private String about = "";
        private final List<Device> devices = new ArrayList<>();
        private final List<Argument<?>> arguments = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /// What the program does, in a line.
        public Builder about(String line) {
            about = line;
            return this;
        }

        public Builder device(Device device) {
            devices.add(device);
            return this;
        }

        public Builder argument(Argument<?> argument) {
            arguments.add(argument);
            return this;
        }

        /// What `part` adds: the devices and arguments of something that several programs have.
        public Builder with(UnaryOperator<Builder> part) {
            return part.apply(this);
        }

        /// All that was said so far.
        ///
        /// @throws IllegalArgumentException if two things have one name, or there are too many
        public Declaration build() {
            return new Declaration(name, about, devices, arguments);
        }
    }

    private static void checkName(String name) {
        boolean fits = !name.isEmpty() && name.length() <= 64;
        for (int i = 0; i < name.length() && fits; i++) {
            char c = name.charAt(i);
            fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "program name '" + name + "' is not 1 to 64 small letters, digits and '-'");
        }
    }
}
