// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.report;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.aot.RelocatableObject;
import io.mirage4j.assembly.elf.Elf;
import io.mirage4j.assembly.link.Image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How large an image is and what takes the room: its sections, the code of each library, the
/// classes of the objects that it starts with.
///
/// @param fileOctets what the image takes on a disk
/// @param heap the largest first
public record ImageSize(
        long fileOctets, Map<String, Long> sections, Map<String, Long> code, List<HeapClass> heap) {
    /// The objects of a class.
    ///
    /// @param name a class
    /// @param count of its objects in the image
    public record HeapClass(String name, long count, long octets) {}

    private static final Pattern HISTOGRAM =
            Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s+[\\d.]+%\\s+[\\d.]+%\\s+(\\S+)");

    public static ImageSize of(Image image) {
        try {
            Map<String, Long> sections = new TreeMap<>();
            for (Elf.Section section : Elf.read(image.symbols()).sections()) {
                if (section.address() != 0 && section.octets() > 0) {
                    sections.merge(section.name(), section.octets(), Long::sum);
                }
            }
            Map<String, Long> code = code(image.object(), image.classPath());
            long java = code.values().stream().mapToLong(Long::longValue).sum();
            long text = sections.getOrDefault(".text", 0L);
            code.put(Libraries.BOOT, Math.max(0, text - java));
            return new ImageSize(Files.size(image.file()), sections, code, heap(image.object()));
        } catch (IOException e) {
            throw new AssemblyException("can not read " + image.file() + ": " + e.getMessage(), e);
        }
    }

    /// The octets of code of each library in an object.
    static Map<String, Long> code(RelocatableObject object, ClassPath classPath)
            throws IOException {
        Map<String, List<String>> classes = classesBySimpleName(object);
        Libraries libraries = Libraries.of(classPath);
        List<Elf.Symbol> symbols = textSymbols(Elf.read(object.file()));
        Map<String, Long> octets = new TreeMap<>();
        String before = Libraries.RUNTIME;
        for (int i = 0; i + 1 < symbols.size(); i++) {
            Elf.Symbol symbol = symbols.get(i);
            // Code is laid out class by class, so a name that is not known is most likely of the
            // library of the code in front of it.
            List<String> candidates = candidates(symbol.name(), classes);
            String library = before;
            for (String candidate : candidates) {
                library = libraries.of(candidate);
                if (library.equals(before)) break;
            }
            before = library;
            octets.merge(library, symbols.get(i + 1).value() - symbol.value(), Long::sum);
        }
        return octets;
    }

    /// Text for a terminal.
    @Override
    public String toString() {
        var out = new StringBuilder();
        out.append("%10.2f MB  file%n".formatted(fileOctets / 1e6));
        out.append("\nsections\n");
        largestFirst(sections).forEach(one -> line(out, one.getValue(), one.getKey()));
        out.append("\ncode by library\n");
        largestFirst(code).forEach(one -> line(out, one.getValue(), one.getKey()));
        if (!heap.isEmpty()) {
            out.append("\nobjects in the image by class (the 12 largest)\n");
            heap.stream()
                    .limit(12)
                    .forEach(
                            one -> line(out, one.octets(), one.name() + "  (" + one.count() + ")"));
        }
        return out.toString();
    }

    static List<Map.Entry<String, Long>> largestFirst(Map<String, Long> sizes) {
        return sizes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }

    private static void line(StringBuilder out, long octets, String what) {
        out.append("%10.1f kB  %s%n".formatted(octets / 1e3, what));
    }

    private static List<Elf.Symbol> textSymbols(Elf object) {
        int text = 0;
        for (int i = 0; i < object.sections().size(); i++) {
            if (object.sections().get(i).name().equals(".text")) {
                text = i;
            }
        }
        int wanted = text;
        return object.symbols().stream()
                .filter(symbol -> symbol.section() == wanted)
                .sorted(Comparator.comparingLong(Elf.Symbol::value))
                .toList();
    }

    /// A symbol is `SimpleName_method_digest`, its front cut off where that is long.
    private static List<String> candidates(String symbol, Map<String, List<String>> classes) {
        int nested = symbol.indexOf('$');
        for (int end = symbol.indexOf('_'); end > 0; end = symbol.indexOf('_', end + 1)) {
            String simple = symbol.substring(0, nested > 0 && nested < end ? nested : end);
            List<String> found = classes.get(simple);
            if (found != null) return found;
        }
        return List.of();
    }

    private static Map<String, List<String>> classesBySimpleName(RelocatableObject object)
            throws IOException {
        Map<String, List<String>> classes = new HashMap<>();
        for (String line : Files.readAllLines(report(object, "used_classes"))) {
            String name = line.substring(line.indexOf(':') + 1).replace("[]", "");
            int nested = name.indexOf('$');
            String outer = nested < 0 ? name : name.substring(0, nested);
            String simple = outer.substring(outer.lastIndexOf('.') + 1);
            List<String> same = classes.computeIfAbsent(simple, key -> new ArrayList<>());
            if (!same.contains(outer)) {
                same.add(outer);
            }
        }
        return classes;
    }

    private static Path report(RelocatableObject object, String beginning) throws IOException {
        try (Stream<Path> files = Files.list(object.reports())) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + beginning + " report"));
        }
    }

    private static List<HeapClass> heap(RelocatableObject object) throws IOException {
        List<HeapClass> classes = new ArrayList<>();
        boolean inTotal = false;
        for (String line : Files.readAllLines(object.log())) {
            if (line.startsWith("===")) {
                inTotal = line.equals("=== Total ===");
            } else if (inTotal) {
                Matcher row = HISTOGRAM.matcher(line);
                if (row.matches()) {
                    classes.add(
                            new HeapClass(
                                    row.group(3),
                                    Long.parseLong(row.group(1)),
                                    Long.parseLong(row.group(2))));
                }
            }
        }
        return classes;
    }
}
