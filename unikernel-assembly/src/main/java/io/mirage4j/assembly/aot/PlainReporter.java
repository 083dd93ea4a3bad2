// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes the place of the one class of the builder that loads a native library which its jars lack.
/// The library tells the width of the terminal and the builder's largest size; the answers here are
/// 100 columns and unknown.
final class PlainReporter {
    private static final ClassDesc NAME =
            ClassDesc.of("com.oracle.svm.hosted", "ProgressReporterCHelper");

    /// Writes the class below `patches`, for `--patch-module`.
    static void write(Path patches) throws IOException {
        Path file = patches.resolve("com/oracle/svm/hosted/ProgressReporterCHelper.class");
        Files.createDirectories(file.getParent());
        Files.write(file, octets());
    }

    private static byte[] octets() {
        int visible = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
        var columns = MethodTypeDesc.of(ConstantDescs.CD_int);
        var octets = MethodTypeDesc.of(ConstantDescs.CD_long);
        return ClassFile.of()
                .build(
                        NAME,
                        type ->
                                type.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL)
                                        .withMethodBody(
                                                "getTerminalWindowColumnsClamped",
                                                columns,
                                                visible,
                                                code -> code.bipush(100).ireturn())
                                        .withMethodBody(
                                                "getTerminalWindowColumns",
                                                columns,
                                                visible,
                                                code -> code.bipush(100).ireturn())
                                        .withMethodBody(
                                                "getPeakRSS",
                                                octets,
                                                visible,
                                                code -> code.lconst_0().lreturn()));
    }

    private PlainReporter() {}
}
