// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.Target;
import io.mirage4j.platform.unikernel.Declaration;

import java.nio.file.Path;
import java.util.List;

/// An image with all that it is to be started with.
///
/// @param words the arguments of the program, one each
public record Guest(
        Declaration declaration, Target target, Path image, Wiring wiring, List<String> words) {
    public Guest {
        words = List.copyOf(words);
        wiring.check(declaration);
    }
}
