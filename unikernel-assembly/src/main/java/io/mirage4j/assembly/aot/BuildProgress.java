// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.Progress;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a line of progress of each stage that the builder announces.
final class BuildProgress {
    private static final Pattern STAGE =
            Pattern.compile("\\[(\\d)/(\\d)] (.*?)\\.\\.\\.\\s+(.*?)\\s*\\((.*)");

    private final Progress progress;

    BuildProgress(Progress progress) {
        this.progress = progress;
    }

    void read(String line) {
        Matcher stage = STAGE.matcher(line);
        if (stage.find()) {
            progress.say(
                    "  %s/%s %s (%s"
                            .formatted(
                                    stage.group(1),
                                    stage.group(2),
                                    stage.group(3).toLowerCase(java.util.Locale.ROOT),
                                    stage.group(5)));
        }
    }
}
