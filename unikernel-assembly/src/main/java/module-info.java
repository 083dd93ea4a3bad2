// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Makes bootable images of Java programs and runs them: a program's classes become one object
/// ahead of time, the object is linked with the boot layer of a target, a tender starts the image.
///
/// [io.mirage4j.assembly.image.Assembler] is what a build tool calls;
/// [io.mirage4j.assembly.command.Mirage] is the command.
@NullMarked
module io.mirage4j.assembly {
    requires transitive io.mirage4j.platform;
    requires io.mirage4j.platform.host;
    requires io.mirage4j.tender;
    requires static org.jspecify;

    exports io.mirage4j.assembly;
    exports io.mirage4j.assembly.aot;
    exports io.mirage4j.assembly.elf;
    exports io.mirage4j.assembly.image;
    exports io.mirage4j.assembly.link;
    exports io.mirage4j.assembly.report;
    exports io.mirage4j.assembly.run;
}
