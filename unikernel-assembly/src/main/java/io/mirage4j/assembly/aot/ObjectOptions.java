// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import java.util.ArrayList;
import java.util.List;

/// What a user may choose about the object.
///
/// @param mainClass whose `main` the image runs
/// @param optimization `s` for a small image, `1` or `2` for a fast one, `b` for a quick build
/// @param march the least CPU that the image runs on, such as `x86-64-v2`
/// @param heapMegabytes what the builder's own heap may take
/// @param extra further options of the builder
public record ObjectOptions(
        String mainClass, char optimization, String march, int heapMegabytes, List<String> extra) {
    public ObjectOptions {
        extra = List.copyOf(extra);
    }

    /// A small image for any x86-64.
    public static ObjectOptions of(String mainClass) {
        return new ObjectOptions(mainClass, 's', "x86-64", 3072, List.of());
    }

    public ObjectOptions optimization(char level) {
        return new ObjectOptions(mainClass, level, march, heapMegabytes, extra);
    }

    public ObjectOptions march(String name) {
        return new ObjectOptions(mainClass, optimization, name, heapMegabytes, extra);
    }

    public ObjectOptions heapMegabytes(int megabytes) {
        return new ObjectOptions(mainClass, optimization, march, megabytes, extra);
    }

    /// For the builder's main class, without what depends on folders. What makes an object bootable
    /// is not here: solo5-bindings says that itself.
    List<String> forBuilder() {
        var options =
                new ArrayList<>(
                        List.of(
                                "-H:+UnlockExperimentalVMOptions",
                                "-H:MicroArchitecture=" + march,
                                "-H:Optimize=" + optimization,
                                // For `size` and for the search for what an image does not have.
                                "-H:+PrintHeapHistogram",
                                "-H:+PrintAnalysisCallTree",
                                "-H:PrintAnalysisCallTreeType=CSV"));
        if (optimization != 's') {
            // Inlined frames in the traces of exceptions that the processor or a check of bounds
            // raises: 0.8 MB of hello, so a small image does without.
            options.add("-H:-ReduceImplicitExceptionStackTraceInformation");
        }
        options.addAll(extra);
        return options;
    }
}
