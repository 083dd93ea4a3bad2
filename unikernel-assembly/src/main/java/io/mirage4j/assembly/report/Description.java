// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.report;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a program is made of: devices, arguments, libraries and which of them stands on which.
///
/// @param linked octets of code by library in an image that was made; empty if none was
public record Description(
        Declaration declaration,
        String mainClass,
        List<Library> libraries,
        Map<String, Long> linked) {
    /// A jar, or a folder of classes.
    ///
    /// @param octets of the jar, or of the classes
    /// @param uses the names of other libraries of the program
    public record Library(String name, long octets, Set<String> uses) {}

    public static Description of(
            Application application, ClassPath whole, Map<String, Long> linked) {
        Map<String, String> libraryOfModule = new TreeMap<>();
        Map<Path, ModuleDescriptor> modules = new TreeMap<>();
        for (Path entry : whole.entries()) {
            ModuleFinder.of(entry)
                    .findAll()
                    .forEach(
                            module -> {
                                modules.put(entry, module.descriptor());
                                libraryOfModule.put(
                                        module.descriptor().name(), Libraries.name(entry));
                            });
        }
        List<Library> libraries = new ArrayList<>();
        for (Path entry : whole.entries()) {
            Set<String> uses = new TreeSet<>();
            ModuleDescriptor module = modules.get(entry);
            if (module != null) {
                for (ModuleDescriptor.Requires required : module.requires()) {
                    String library = libraryOfModule.get(required.name());
                    if (library != null) {
                        uses.add(library);
                    }
                }
            }
            libraries.add(new Library(Libraries.name(entry), octets(entry), uses));
        }
        return new Description(
                application.declaration(), application.mainClass(), libraries, linked);
    }

    /// For a terminal.
    public String text() {
        var out = new StringBuilder(declaration.help());
        out.append("\nlibraries (octets of the jar; of code in the image)\n");
        for (Library library : libraries) {
            String inImage =
                    linked.containsKey(library.name())
                            ? "%,10d".formatted(linked.get(library.name()))
                            : linked.isEmpty() ? "" : "         0";
            out.append(
                    "  %-28s %,10d %s  %s%n"
                            .formatted(
                                    library.name(),
                                    library.octets(),
                                    inImage,
                                    library.uses().isEmpty()
                                            ? ""
                                            : "uses " + String.join(", ", library.uses())));
        }
        linked.forEach(
                (name, octets) -> {
                    if (libraries.stream().noneMatch(one -> one.name().equals(name))) {
                        out.append("  %-28s %10s %,10d%n".formatted(name, "", octets));
                    }
                });
        if (linked.isEmpty()) {
            out.append("no image beside the jar yet: `mirage build` makes one\n");
        }
        return out.toString();
    }

    /// For programs.
    public String json() {
        var devices =
                declaration.devices().stream()
                        .map(
                                device ->
                                        object(
                                                "name", quoted(device.name()),
                                                "type", quoted(type(device)),
                                                "help", quoted(device.help())))
                        .toList();
        var arguments = declaration.arguments().stream().map(Description::json).toList();
        var all =
                libraries.stream()
                        .map(
                                library ->
                                        object(
                                                "name", quoted(library.name()),
                                                "octets", Long.toString(library.octets()),
                                                "uses",
                                                        array(
                                                                library.uses().stream()
                                                                        .map(Description::quoted)
                                                                        .toList())))
                        .toList();
        var code =
                linked.entrySet().stream()
                        .map(one -> quoted(one.getKey()) + ":" + one.getValue())
                        .toList();
        return object(
                        "name", quoted(declaration.name()),
                        "about", quoted(declaration.about()),
                        "main", quoted(mainClass),
                        "devices", array(devices),
                        "arguments", array(arguments),
                        "libraries", array(all),
                        "code", "{" + String.join(",", code) + "}")
                + "\n";
    }

    /// For Graphviz.
    public String dot() {
        var out = new StringBuilder("digraph " + quoted(declaration.name()) + " {\n");
        out.append("    rankdir=BT;\n    node [shape=box];\n");
        for (Library library : libraries) {
            long octets = linked.getOrDefault(library.name(), library.octets());
            String label = library.name() + "\\n%.1f kB".formatted(octets / 1e3);
            out.append("    %s [label=\"%s\"];%n".formatted(quoted(library.name()), label));
            for (String used : library.uses()) {
                out.append("    %s -> %s;%n".formatted(quoted(library.name()), quoted(used)));
            }
        }
        for (Device device : declaration.devices()) {
            out.append(
                    "    %s [label=\"%s\\n%s\", shape=ellipse];%n"
                            .formatted(
                                    quoted("device " + device.name()),
                                    device.name(),
                                    type(device)));
            out.append(
                    "    %s -> %s;%n"
                            .formatted(
                                    quoted(libraries.getFirst().name()),
                                    quoted("device " + device.name())));
        }
        return out.append("}\n").toString();
    }

    private static String json(Argument<?> argument) {
        return object(
                "name", quoted(argument.name()),
                "form", quoted(argument.form()),
                "help", quoted(argument.help()),
                "required", Boolean.toString(argument.isRequired()),
                "default", quoted(argument.fallbackText()));
    }

    private static String type(Device device) {
        return switch (device) {
            case Network _ -> "network";
            case Block _ -> "block";
        };
    }

    private static String object(String... namesAndValues) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add(quoted(namesAndValues[i]) + ":" + namesAndValues[i + 1]);
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String array(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }

    /// RFC 8259, section 7. The same serves DOT, where names hold no control characters.
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('"').toString();
    }

    private static long octets(Path entry) {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new AssemblyException("can not read " + entry + ": " + e.getMessage(), e);
        }
    }
}
