// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a reader is promised: each released module introduces itself and keeps a changelog, the
/// root names all modules, links lead somewhere, and each paragraph of Java in a module's README is
/// in a source that is compiled, or the module has a `ReadmeTest` that compiles the file itself.
final class Readme {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*$");
    private static final Pattern PARAGRAPHS = Pattern.compile("\\n\\s*\\n");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    static List<String> faults(Path root) {
        List<String> faults = new ArrayList<>();
        for (Project project : Project.in(root)) {
            if (project.isReleased()) {
                requireFile(project, "README.md", "introduce the module there", faults);
                requireFile(project, "CHANGELOG.md", "tell there what users will notice", faults);
            }
            checkNamed(project, faults);
            checkSamples(project, faults);
        }
        for (Path file : Tree.files(root, ".md")) {
            checkLinks(root, file, faults);
        }
        return faults;
    }

    private static void requireFile(
            Project project, String name, String advice, List<String> faults) {
        if (!Files.exists(project.path().resolve(name))) {
            faults.add(project.folder() + "/" + name + " is missing: " + advice);
        }
    }

    private static void checkNamed(Project project, List<String> faults) {
        Path readme = project.root().resolve("README.md");
        String text = Files.exists(readme) ? Tree.read(readme) : "";
        String folder = project.folder();
        if (!text.contains("`" + folder + "`") && !text.contains("](" + folder + "/")) {
            faults.add("README.md does not name " + folder + ": give it a line in the table");
        }
    }

    private static void checkSamples(Project project, List<String> faults) {
        Path readme = project.path().resolve("README.md");
        if (!Files.exists(readme)) return;
        List<String> samples =
                JAVA.matcher(Tree.read(readme)).results().map(match -> match.group(1)).toList();
        if (samples.isEmpty()) return;
        List<String> sources =
                Tree.files(project.path(), ".java").stream()
                        .map(source -> essence(Tree.read(source)))
                        .toList();
        if (sources.stream().anyMatch(Readme::compilesTheReadme)) return;
        for (String sample : samples) {
            for (String paragraph : PARAGRAPHS.split(sample)) {
                String wanted = essence(paragraph);
                if (!wanted.isEmpty()
                        && sources.stream().noneMatch(source -> source.contains(wanted))) {
                    faults.add(
                            project.folder()
                                    + "/README.md: no source of the module holds this sample; put"
                                    + " it into a test word for word: "
                                    + paragraph.strip().lines().findFirst().orElse(""));
                }
            }
        }
    }

    private static boolean compilesTheReadme(String source) {
        return source.contains("classReadmeTest")
                && source.contains("\"README.md\"")
                && source.contains("newCompilation(");
    }

    /// The code without comments, imports and layout.
    private static String essence(String java) {
        String code = IMPORT.matcher(JavaText.withoutComments(java)).replaceAll("");
        return BLANKS.matcher(code).replaceAll("");
    }

    private static void checkLinks(Path root, Path file, List<String> faults) {
        String text = FENCED.matcher(Tree.read(file)).replaceAll("");
        for (MatchResult link : LINK.matcher(text).results().toList()) {
            String target = link.group(1);
            if (target.contains("://") || target.startsWith("mailto:") || target.startsWith("#")) {
                continue;
            }
            String path = target.replaceFirst("#.*", "");
            if (!Files.exists(file.getParent().resolve(path))) {
                faults.add(
                        root.relativize(file)
                                + ": the link to "
                                + target
                                + " leads nowhere: mend or remove it");
            }
        }
    }

    private Readme() {}
}
