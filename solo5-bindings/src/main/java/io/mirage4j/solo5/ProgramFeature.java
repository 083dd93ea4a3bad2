// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeClassInitialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Binds the program to the image while the builder runs: the class is named by the system property
/// `mirage.main`, its `main` becomes a constant. Not in the image itself.
public final class ProgramFeature implements Feature {
    private static final String PROPERTY = "mirage.main";

    @Override
    public String getDescription() {
        return "Binds the program named by -D" + PROPERTY + " to the boot layer";
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        RuntimeClassInitialization.initializeAtBuildTime(Start.class);
        RuntimeClassInitialization.initializeAtBuildTime(TrapFrames.class);
        // Handles of a class that is initialised at run time are no constants, and slow.
        RuntimeClassInitialization.initializeAtBuildTime("io.mirage4j.cstruct.HeapMemory");
        RuntimeClassInitialization.initializeAtBuildTime("io.mirage4j.cstruct.NativeMemory");
        RuntimeClassInitialization.initializeAtBuildTime("io.mirage4j.cstruct.SegmentViews");
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        main();
    }

    /// The program's `main`, as a handle of type `(String[])void`.
    static MethodHandle main() {
        String name = System.getProperty(PROPERTY);
        if (name == null) {
            throw new IllegalStateException("name the class of the program by -D" + PROPERTY);
        }
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Class<?> program = Class.forName(name, false, loader);
            return find(MethodHandles.privateLookupIn(program, MethodHandles.lookup()), program);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    name + " has no static void main(String[]) that can be used", e);
        }
    }

    private static MethodHandle find(MethodHandles.Lookup lookup, Class<?> program)
            throws ReflectiveOperationException {
        try {
            return lookup.findStatic(
                    program, "main", MethodType.methodType(void.class, String[].class));
        } catch (NoSuchMethodException e) {
            MethodHandle plain =
                    lookup.findStatic(program, "main", MethodType.methodType(void.class));
            return MethodHandles.dropArguments(plain, 0, String[].class);
        }
    }
}
