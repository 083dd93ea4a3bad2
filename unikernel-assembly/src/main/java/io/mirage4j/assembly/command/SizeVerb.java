// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.link.Image;
import io.mirage4j.assembly.report.ImageSize;

import java.nio.file.Path;

/// `mirage size`.
final class SizeVerb {
    static int run(Words words) {
        Path file = Path.of(words.thing("IMAGE"));
        words.requireNoMore();
        System.out.print(ImageSize.of(Image.at(file)));
        return 0;
    }

    private SizeVerb() {}
}
