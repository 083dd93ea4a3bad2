// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The modules of the project that have a page of their own: those of the root's `pom.xml` with a
/// `README.md`.
final class Modules {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern OUTSIDE = Pattern.compile("[a-z]+:.*");

    private final Path root;
    private final List<Module> modules = new ArrayList<>();

    /// @param folder where it is below the root; the name of the page has no `/`
    record Module(String folder, String title, String summary, String text) {
        String page() {
            return folder.replace('/', '-') + ".html";
        }
    }

    Modules(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        Matcher names = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (names.find()) {
            Path readme = root.resolve(names.group(1)).resolve("README.md");
            if (Files.exists(readme)) {
                modules.add(module(names.group(1), Files.readString(readme)));
            }
        }
    }

    private static Module module(String folder, String text) {
        String[] paragraphs = text.split("\n\n", 3);
        String summary = paragraphs.length > 1 ? paragraphs[1] : "";
        return new Module(folder, folder.substring(folder.lastIndexOf('/') + 1), summary, text);
    }

    List<Module> all() {
        return List.copyOf(modules);
    }

    /// The HTML of a module's page.
    String html(Module module) {
        return Markdown.html(module.text, link -> place(module, link));
    }

    /// The HTML of its first paragraph, for lists.
    String summary(Module module) {
        return Markdown.html(module.summary, _ -> Optional.empty());
    }

    /// Where a link of a module's `README.md` leads on the site: to another module's page, to a
    /// place on this one, or out of the project; what is no page is not linked.
    private Optional<String> place(Module module, String link) {
        if (link.startsWith("#") || OUTSIDE.matcher(link).matches()) return Optional.of(link);
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        String fragment = hash < 0 ? "" : link.substring(hash);
        Path target = root.resolve(module.folder).resolve(path).normalize();
        for (Module other : modules) {
            Path folder = root.resolve(other.folder);
            if (target.equals(folder) || target.equals(folder.resolve("README.md"))) {
                return Optional.of(other.page() + fragment);
            }
        }
        return Optional.empty();
    }
}
