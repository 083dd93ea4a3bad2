// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// A stranger's Maven project, which has nothing of this tree but a repository with its artifacts.
/// That is a folder which is filled by [#publish]; everything else comes from the local repository
/// of the build that runs, read as one more folder, so that nothing is fetched and nothing is
/// installed.
public final class OutsideProject {
    private static final Path ROOT =
            Path.of(System.getProperty("mirage.root", "..")).toAbsolutePath().normalize();

    private final Path work;

    private OutsideProject(Path work) {
        this.work = work;
    }

    /// An empty one.
    ///
    /// @param work a folder for the project and all around it, as seen from the root of this tree;
    ///   what was in it goes
    public static OutsideProject in(String work) throws IOException {
        var project = new OutsideProject(ROOT.resolve(work));
        deleteTree(project.work);
        Files.createDirectories(project.folder());
        Files.writeString(project.work.resolve("settings.xml"), project.settings());
        return project;
    }

    /// The root of the tree around it.
    public static Path root() {
        return ROOT;
    }

    /// Where the project's files are to be.
    public Path folder() {
        return work.resolve("project");
    }

    /// Puts a module of this tree into the repository: its POM and, if it has any, its classes.
    public void publish(String module) throws IOException {
        String version = version(module, module);
        String stem = module + "-" + version;
        Path place = work.resolve("repository/io/mirage4j/" + module + "/" + version);
        Files.createDirectories(place);
        Files.copy(ROOT.resolve(module + "/pom.xml"), place.resolve(stem + ".pom"));
        Path classes = ROOT.resolve(module + "/target/classes");
        if (Files.isDirectory(classes)) {
            jar(classes, place.resolve(stem + ".jar"));
        }
    }

    /// The version that stands behind an artifact's name in the POM of a module.
    public static String version(String module, String artifact) throws IOException {
        String pom = Files.readString(ROOT.resolve(module + "/pom.xml"));
        String name = "<artifactId>" + artifact + "</artifactId>";
        int at = pom.indexOf(name);
        int begin = at < 0 ? -1 : pom.indexOf("<version>", at);
        if (begin < 0) {
            throw new IOException("no version of " + artifact + " in " + module + "/pom.xml");
        }
        return pom.substring(begin + "<version>".length(), pom.indexOf("</version>", begin));
    }

    /// The options of `mvn` that keep it to the repository and to a local one of the project's own.
    public List<String> mavenOptions() {
        return List.of(
                "-B",
                "-s",
                work.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + localRepository());
    }

    /// What Maven has taken from the repository.
    public Path localRepository() {
        return work.resolve("local");
    }

    /// A command in the project's folder, without what the build around it has in its environment.
    public ProcessBuilder command(List<String> words) {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder().toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /// No repository but folders: the one filled here, and what the running build has fetched.
    private String settings() {
        String fetched =
                System.getProperty(
                        "localRepository",
                        Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        return """
        <settings>
          <mirrors>
            <mirror><id>fetched</id><mirrorOf>central</mirrorOf><url>%1$s</url></mirror>
          </mirrors>
          <profiles>
            <profile>
              <id>outside</id>
              <repositories>
                <repository>
                  <id>built</id>
                  <url>%2$s</url>
                  <snapshots><enabled>true</enabled></snapshots>
                </repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository>
                  <id>built</id>
                  <url>%2$s</url>
                  <snapshots><enabled>true</enabled></snapshots>
                </pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>outside</activeProfile></activeProfiles>
        </settings>
        """
                .formatted(Path.of(fetched).toUri(), work.resolve("repository").toUri());
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
