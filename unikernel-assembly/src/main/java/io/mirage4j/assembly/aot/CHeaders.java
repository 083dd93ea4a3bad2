// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/// The C headers that the builder's classes name and its jars lack. A structure of CPU features is
/// written from the annotations of the interface that reads it, field by field, so that builder and
/// boot layer agree on the offsets whatever the version.
public final class CHeaders {
    private static final Map<String, String> CPU_FEATURES =
            Map.of(
                    "amd64cpufeatures.h", "com/oracle/svm/core/amd64/AMD64LibCHelper$CPUFeatures",
                    "aarch64cpufeatures.h",
                            "com/oracle/svm/core/aarch64/AArch64LibCHelper$CPUFeatures",
                    "riscv64cpufeatures.h",
                            "com/oracle/svm/core/riscv64/RISCV64LibCHelper$CPUFeatures");

    private static final String LOCALE =
            """
            enum {
                SVM_LOCALE_INITIALIZATION_SUCCEEDED = 1,
                SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY = 2
            };
            typedef struct {
                char *format_language, *format_script, *format_country, *format_variant;
                char *display_language, *display_script, *display_country, *display_variant;
            } svm_locale_props_t;
            """;

    private static final String C_FIELD = "Lorg/graalvm/nativeimage/c/struct/CField;";
    private static final String C_STRUCT = "Lorg/graalvm/nativeimage/c/struct/CStruct;";

    /// Writes all of them into `include`, from the classes in `builder`.
    static void write(BuilderJars builder, Path include) throws IOException {
        Files.createDirectories(include);
        Files.writeString(include.resolve("svm_locale.h"), guarded("SVM_LOCALE_H", LOCALE));
        for (Map.Entry<String, String> header : CPU_FEATURES.entrySet()) {
            byte[] octets = classFile(builder.jars(), header.getValue() + ".class");
            String guard = header.getKey().replace('.', '_').toUpperCase(java.util.Locale.ROOT);
            Files.writeString(
                    include.resolve(header.getKey()),
                    guarded(guard, structure(ClassFile.of().parse(octets))));
        }
    }

    /// The C structure that `layout` describes, all of its fields being octets.
    static String structure(ClassModel layout) {
        var text = new StringBuilder("typedef struct {\n");
        for (MethodModel method : layout.methods()) {
            annotation(method, C_FIELD)
                    .map(field -> value(field).orElse(method.methodName().stringValue()))
                    .ifPresent(name -> text.append("    char ").append(name).append(";\n"));
        }
        String simple = layout.thisClass().name().stringValue();
        String name =
                annotations(layout.findAttribute(Attributes.runtimeVisibleAnnotations())
                                .map(found -> found.annotations())
                                .orElse(List.of()),
                                C_STRUCT)
                        .flatMap(CHeaders::value)
                        .orElse(simple.substring(simple.lastIndexOf('$') + 1));
        return text.append("} ").append(name).append(";\n").toString();
    }

    private static Optional<Annotation> annotation(MethodModel method, String type) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations())
                .flatMap(found -> annotations(found.annotations(), type));
    }

    private static Optional<Annotation> annotations(List<Annotation> all, String type) {
        return all.stream().filter(one -> one.className().equalsString(type)).findFirst();
    }

    private static Optional<String> value(Annotation annotation) {
        return annotation.elements().stream()
                .filter(element -> element.name().equalsString("value"))
                .map(element -> ((AnnotationValue.OfString) element.value()).stringValue())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static byte[] classFile(List<Path> jars, String name) throws IOException {
        for (Path jar : jars) {
            try (var zip = new ZipFile(jar.toFile())) {
                var entry = zip.getEntry(name);
                if (entry != null) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        return in.readAllBytes();
                    }
                }
            }
        }
        throw new IOException("no class " + name + " in the jars of the builder");
    }

    private static String guarded(String guard, String text) {
        return "#ifndef " + guard + "\n#define " + guard + "\n" + text + "#endif\n";
    }

    private CHeaders() {}
}
