// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/// What the dependencies of a program say to the builder, in `META-INF/native-image` of their jars:
/// the `Args` of `native-image.properties`, and files of configuration known by their names.
///
/// @param options for the builder's main class
/// @param jvmOptions for the JVM that it runs in
/// @param notUnderstood options of the missing driver that mean nothing here, with their jars
record BundledMetadata(List<String> options, List<String> jvmOptions, List<String> notUnderstood) {
    private static final String FOLDER = "META-INF/native-image";

    private static final Map<String, String> CONFIGURATIONS =
            Map.of(
                    "jni-config.json", "-H:JNIConfigurationResources=",
                    "proxy-config.json", "-H:DynamicProxyConfigurationResources=",
                    "reachability-metadata.json", "-H:ReachabilityMetadataResources=",
                    "reflect-config.json", "-H:ReflectionConfigurationResources=",
                    "resource-config.json", "-H:ResourceConfigurationResources=",
                    "serialization-config.json", "-H:SerializationConfigurationResources=");

    static BundledMetadata on(ClassPath classPath) {
        var found = new BundledMetadata(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Path entry : classPath.entries()) {
            try {
                if (Files.isDirectory(entry)) {
                    found.read(entry, entry);
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                        found.read(entry, jar.getPath("/"));
                    }
                }
            } catch (IOException e) {
                throw new AssemblyException("can not read " + entry + ": " + e.getMessage(), e);
            }
        }
        return found;
    }

    private void read(Path entry, Path root) throws IOException {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) return;
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.equals("native-image.properties")) {
                readArgs(entry, root, file);
            } else if (CONFIGURATIONS.containsKey(name)) {
                options.add(CONFIGURATIONS.get(name) + root.relativize(file));
            }
        }
    }

    private void readArgs(Path entry, Path root, Path file) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        String here = root.relativize(file.getParent()).toString();
        for (String arg : properties.getProperty("Args", "").split("\\s+")) {
            if (!arg.isEmpty()) {
                translate(arg.replace("${.}", here), entry);
            }
        }
        for (String arg : properties.getProperty("JavaArgs", "").split("\\s+")) {
            if (!arg.isEmpty()) {
                jvmOptions.add(arg);
            }
        }
    }

    /// The driver's options are names of the builder's own.
    private void translate(String arg, Path entry) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        String value = equals < 0 ? "" : arg.substring(equals + 1);
        switch (name) {
            case "--initialize-at-build-time" -> initialize(value, "build_time");
            case "--initialize-at-run-time" -> initialize(value, "run_time");
            case "--features" -> options.add("-H:Features=" + value);
            case "--enable-url-protocols" -> options.add("-H:EnableURLProtocols=" + value);
            case "--report-unsupported-elements-at-runtime" ->
                    options.add("-H:+ReportUnsupportedElementsAtRuntime");
            case "--link-at-build-time" -> options.add("-H:LinkAtBuildTime=" + value);
            case "--no-fallback", "--allow-incomplete-classpath", "--install-exit-handlers" -> {}
            case "--add-exports", "--add-opens", "--add-reads" -> jvmOptions.add(arg);
            default -> {
                if (arg.startsWith("-H:") || arg.startsWith("-R:")) {
                    options.add(arg);
                } else if (arg.startsWith("-D")) {
                    jvmOptions.add(arg);
                } else if (arg.startsWith("-J")) {
                    jvmOptions.add(arg.substring(2));
                } else {
                    notUnderstood.add(arg + " (" + entry.getFileName() + ")");
                }
            }
        }
    }

    /// Without names it speaks of all classes.
    private void initialize(String names, String when) {
        if (names.isEmpty()) {
            options.add("-H:ClassInitialization=:" + when);
            return;
        }
        for (String name : names.split(",")) {
            options.add("-H:ClassInitialization=" + name + ":" + when);
        }
    }
}
