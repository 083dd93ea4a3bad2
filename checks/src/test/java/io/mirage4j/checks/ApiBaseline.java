// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Records what a jar promises: the signatures that are public or protected, without a body, a
/// private member or a resource. `./mirage api MODULE` runs [#main]; `mvn verify` compares each
/// module that has such a record with it.
///
/// The same jar always gives the same octets, so that a record changes only with the promise.
final class ApiBaseline {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /// Of the jar named first, into the file named second.
    public static void main(String[] args) throws IOException {
        if (args.length != 2) throw new IllegalArgumentException("usage: ApiBaseline JAR BASELINE");
        Map<String, byte[]> signatures = signatures(Path.of(args[0]));
        Files.createDirectories(Path.of(args[1]).toAbsolutePath().getParent());
        write(signatures, Path.of(args[1]));
        System.out.println("recorded " + signatures.size() + " types in " + args[1]);
    }

    static Map<String, byte[]> signatures(Path jar) throws IOException {
        Map<String, byte[]> signatures = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(ApiBaseline::isType).toList()) {
                byte[] octets = file.getInputStream(entry).readAllBytes();
                ClassModel type = ClassFile.of().parse(octets);
                if (isPromised(type)) {
                    signatures.put(entry.getName(), withoutBodies(type));
                }
            }
        }
        return signatures;
    }

    private static boolean isType(ZipEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().equals("module-info.class");
    }

    /// A nested type's own flags say what the source says only in `InnerClasses`.
    private static boolean isPromised(ClassModel type) {
        for (var attribute : type.attributes()) {
            if (!(attribute instanceof InnerClassesAttribute inner)) continue;
            for (var nested : inner.classes()) {
                if (nested.innerClass().equals(type.thisClass())) return isPromised(nested.flags());
            }
        }
        return type.flags().has(AccessFlag.PUBLIC);
    }

    private static boolean isPromised(Set<AccessFlag> flags) {
        return flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED);
    }

    private static byte[] withoutBodies(ClassModel type) {
        return ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL)
                .build(
                        type.thisClass().asSymbol(),
                        builder -> {
                            for (ClassElement element : type) {
                                switch (element) {
                                    case MethodModel method -> {
                                        if (!isPromised(method.flags().flags())) break;
                                        builder.transformMethod(
                                                method,
                                                (b, part) -> {
                                                    if (!(part instanceof CodeAttribute)) {
                                                        b.with(part);
                                                    }
                                                });
                                    }
                                    case FieldModel field -> {
                                        if (isPromised(field.flags().flags())) {
                                            builder.with(field);
                                        }
                                    }
                                    case SourceFileAttribute _ -> {}
                                    default -> builder.with(element);
                                }
                            }
                        });
    }

    private static void write(Map<String, byte[]> signatures, Path baseline) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(baseline))) {
            for (var signature : signatures.entrySet()) {
                ZipEntry entry = new ZipEntry(signature.getKey());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(signature.getValue());
                zip.closeEntry();
            }
        }
    }

    private ApiBaseline() {}
}
