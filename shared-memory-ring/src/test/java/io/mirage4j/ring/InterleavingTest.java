// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// Runs jcstress over [PushAgainstFinalCheck].
class InterleavingTest {
    private static final boolean FULL = Boolean.getBoolean("mirage.full");

    @TempDir Path results;

    @Test
    @Timeout(3600)
    void onlyAllowedOutcomesAreSeen() throws Exception {
        String output =
                Programs.finish(
                        Programs.javaIn(
                                results,
                                org.openjdk.jcstress.Main.class,
                                "-t",
                                PushAgainstFinalCheck.class.getSimpleName(),
                                "-m",
                                FULL ? "default" : "quick",
                                "-time",
                                FULL ? "2000" : "300",
                                "-sc",
                                FULL ? "true" : "false", // each side compiled its own way
                                "-jvmArgs",
                                "--enable-native-access=ALL-UNNAMED",
                                "-r",
                                results));
        assertThat(output).contains("Failed tests: No matches.");
        assertThat(output).contains("Error tests: No matches.");
    }
}
