// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Programs;
import io.mirage4j.assembly.aot.RelocatableObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class UnusableCallsTest {
    private static final Application PROGRAM =
            new Application(new ClassPath(List.of()), "app.Main", Programs.WITH_DEVICES);

    @TempDir Path folder;

    @Test
    void aCallOutOfTheProgramIsToldWithItsPath() throws IOException {
        tables(
                "0,main,app.Main,x\n1,load,app.Store,x\n2,readString,java.nio.file.Files,x\n",
                "10,0,4,1,true\n11,1,7,2,true\n",
                "10,1\n11,2\n");
        assertThat(found())
                .containsExactly(
                        "an image has no files, but this is reached: app.Main.main > app.Store.load"
                                + " > java.nio.file.Files.readString");
    }

    @Test
    void aCallThatTheBuilderHasInlinedIsToldToo() throws IOException {
        tables(
                "0,main,app.Main,x\n"
                        + "1,loadLibraryRelative,com.oracle.svm.core.jdk.NativeLibraries,x\n"
                        + "2,exists,java.io.File,x\n",
                "10,0,4,1,true\n11,0,7,2,true\n",
                "10,1\n11,2\n");
        assertThat(found())
                .containsExactly(
                        "an image has no files, but this is reached: app.Main.main"
                                + " > java.io.File.exists",
                        "an image has no loadable libraries, but this is reached: app.Main.main"
                                + " > com.oracle.svm.core.jdk.NativeLibraries.loadLibraryRelative");
    }

    @Test
    void whatOnlyTheJdkCallsIsNotTold() throws IOException {
        tables(
                "0,main,app.Main,x\n1,of,java.util.List,x\n2,readString,java.nio.file.Files,x\n",
                "10,0,4,1,true\n11,1,7,2,true\n",
                "10,1\n11,2\n");
        assertThat(found()).isEmpty();
    }

    @Test
    void whatMainDoesNotReachIsNotTold() throws IOException {
        tables(
                "0,main,app.Main,x\n1,load,app.Store,x\n2,<init>,java.net.Socket,x\n",
                "11,1,7,2,true\n",
                "11,2\n");
        assertThat(found()).isEmpty();
    }

    private List<String> found() {
        return UnusableCalls.of(new RelocatableObject(folder, true), PROGRAM).stream()
                .map(UnusableCalls.Call::message)
                .toList();
    }

    private void tables(String methods, String invokes, String targets) throws IOException {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Files.writeString(reports.resolve("call_tree_methods.csv"), "Id,Name,Type,X\n" + methods);
        Files.writeString(reports.resolve("call_tree_invokes.csv"), "Id,MethodId,X\n" + invokes);
        Files.writeString(reports.resolve("call_tree_targets.csv"), "InvokeId,X\n" + targets);
    }
}
