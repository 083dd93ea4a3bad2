// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.unikernel.MainMethod;

import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeClassInitialization;

import java.lang.invoke.MethodHandle;

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
            return MainMethod.of(program);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " can not be started: " + e.getMessage(), e);
        }
    }
}
