// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The compiled library, read for what an ahead-of-time build and a board rely on.
class NarrownessTest {
    private static final String OURS = "io/mirage4j/cstruct/";

    /// Heap, native, native for ever, and the door to them, which has the fences.
    private static final Set<String> NARROW =
            Set.of(
                    OURS + "HeapMemory",
                    OURS + "NativeMemory",
                    OURS + "EternalMemory",
                    OURS + "RawMemory");

    /// What a `MemorySegment` is asked elsewhere: where it is and how large, never what is in it.
    private static final Set<String> BRIDGES =
            Set.of(
                    "address",
                    "asByteBuffer",
                    "asReadOnly",
                    "asSlice",
                    "byteSize",
                    "heapBase",
                    "isNative",
                    "isReadOnly",
                    "ofArray",
                    "ofBuffer");

    private static List<ClassModel> classes() {
        try {
            Path root =
                    Path.of(
                            ReadOnlyCstruct.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                List<ClassModel> classes =
                        files.filter(file -> file.toString().endsWith(".class"))
                                .map(NarrownessTest::parse)
                                .toList();
                assertThat(classes).as("classes in %s", root).hasSizeGreaterThan(5);
                return classes;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `Class` or `Class.method` of what a class refers to, where `wanted`.
    private static Set<String> uses(ClassModel in, Predicate<String> wanted) {
        Set<String> found = new TreeSet<>();
        for (var entry : in.constantPool()) {
            String name =
                    switch (entry) {
                        case MemberRefEntry member ->
                                member.owner().asInternalName() + "." + member.name().stringValue();
                        case ClassEntry type -> type.asInternalName();
                        default -> "";
                    };
            if (wanted.test(name)) {
                found.add(in.thisClass().asInternalName() + " -> " + name);
            }
        }
        return found;
    }

    @Test
    void onlyTheNarrowClassesTouchMemory() {
        Set<String> others = new TreeSet<>();
        Set<String> its = new TreeSet<>();
        for (ClassModel one : classes()) {
            Set<String> uses =
                    uses(
                            one,
                            name ->
                                    name.startsWith("java/lang/invoke/VarHandle.")
                                            || (name.startsWith("java/lang/foreign/MemorySegment.")
                                                    && !BRIDGES.contains(
                                                            name.substring(name.indexOf('.') + 1)))
                                            || name.contains("/Unsafe"));
            if (NARROW.contains(one.thisClass().asInternalName())) {
                its.addAll(uses);
            } else {
                others.addAll(uses);
            }
        }
        assertThat(others).isEmpty();
        assertThat(its).isNotEmpty(); // or the test sees nothing
    }

    @Test
    void nothingIsFoundAtRunTime() {
        for (ClassModel one : classes()) {
            assertThat(
                            uses(
                                    one,
                                    name ->
                                            name.startsWith("java/lang/reflect/")
                                                    || name.startsWith("java/util/ServiceLoader")
                                                    || name.startsWith("java/util/regex/")
                                                    || name.startsWith("java/io/ObjectInput")
                                                    || name.equals("java/lang/Class.forName")
                                                    || name.equals("java/lang/System.loadLibrary")))
                    .isEmpty();
        }
    }

    /// No static state: each static field is final, and nothing but its declaration fills it.
    @Test
    void everyStaticFieldIsAConstant() {
        for (ClassModel one : classes()) {
            for (var field : one.fields()) {
                if (field.flags().has(java.lang.reflect.AccessFlag.STATIC)) {
                    assertThat(field.flags().has(java.lang.reflect.AccessFlag.FINAL))
                            .as(one.thisClass().asInternalName() + "." + field.fieldName())
                            .isTrue();
                }
            }
        }
    }
}
