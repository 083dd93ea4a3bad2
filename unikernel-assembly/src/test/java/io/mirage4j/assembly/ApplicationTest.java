// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.assembly.report.Description;
import io.mirage4j.platform.memory.MemoryBoard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

class ApplicationTest {
    @TempDir Path folder;

    @Test
    void theDeclarationIsThatOfTheMainClass() {
        var application = Application.of(ClassPath.ofThisProgram(), Greeter.class.getName());
        assertThat(application.declaration().name()).isEqualTo("greeter");
    }

    @Test
    void aProgramThatDeclaresNothingIsCalledByItsClass() {
        var application = Application.of(ClassPath.ofThisProgram(), Programs.Bare.class.getName());
        assertThat(application.declaration().name()).isEqualTo("bare");
        assertThat(application.declaration().devices()).isEmpty();
    }

    @Test
    void theSampleOfTheReadmeGreets() throws Exception {
        var board = new MemoryBoard();
        int status = Greeter.DECLARATION.run(board, new String[] {"--name=Ada"}, Greeter::run);
        assertThat(status).isZero();
        assertThat(board.text()).isEqualTo("Hello, Ada!\n");
    }

    @Test
    void aJarNamesItsMainClassAndItsLibraries() throws IOException {
        Path library = jar("library.jar", Map.of());
        Path jar =
                jar(
                        "program.jar",
                        Map.of(
                                Attributes.Name.MAIN_CLASS,
                                Greeter.class.getName(),
                                Attributes.Name.CLASS_PATH,
                                "library.jar missing.jar"));
        Application application = Application.ofJar(jar);
        assertThat(application.mainClass()).isEqualTo(Greeter.class.getName());
        assertThat(application.classPath().entries()).containsExactly(jar, library);
    }

    @Test
    void whatIsNoProgramIsRefusedWithTheWayOut() throws IOException {
        Path jar = jar("plain.jar", Map.of());
        assertThatThrownBy(() -> Application.ofJar(jar))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("Main-Class");
        assertThatThrownBy(() -> Application.ofJar(folder.resolve("none.jar")))
                .hasMessageContaining("none.jar");
        assertThatThrownBy(() -> Target.parse("sptt"))
                .hasMessage("no target 'sptt': one of host, spt, hvt, virtio, xen");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> Application.ofJar(text)).hasMessageContaining("is no jar");
    }

    @Test
    void aDescriptionHasDevicesArgumentsAndLibraries() {
        var application =
                new Application(new ClassPath(List.of(folder)), "Main", Greeter.DECLARATION);
        var description = Description.of(application, application.classPath(), Map.of("JDK", 12L));
        assertThat(description.text()).contains("usage: greeter [--name=TEXT]", "libraries", "JDK");
        assertThat(description.json())
                .contains(
                        "{\"name\":\"greeter\",\"about\":\"Greets.\",\"main\":\"Main\",\"devices\":[],"
                                + "\"arguments\":[{\"name\":\"name\",\"form\":\"TEXT\","
                                + "\"help\":\"whom to greet\",\"required\":false,\"default\":\"world\"}]");
        assertThat(description.dot()).startsWith("digraph \"greeter\" {").endsWith("}\n");
    }

    private Path jar(String name, Map<Attributes.Name, String> attributes) throws IOException {
        Path jar = folder.resolve(name);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::put);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
        return jar;
    }
}
