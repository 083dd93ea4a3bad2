// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import io.mirage4j.crunch.make.Cruncher;
import io.mirage4j.crunch.make.Selection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the site: pages from `src/site/pages` and `src/site/blog`, a page for each module from its
/// `README.md`, the benchmarks' charts; and one blob of it all. The same tree makes the same
/// octets.
public final class SiteGenerator {
    private final Path root;
    private final Path source;
    private final Path out;
    private final Template template;
    private final Modules modules;
    private final Blog blog;
    private final Charts charts;

    private SiteGenerator(Path root, Path out) throws IOException {
        this.root = root;
        this.out = out;
        source = root.resolve("examples/website/src/site");
        template = new Template(Files.readString(source.resolve("template.html")));
        modules = new Modules(root);
        blog = new Blog(source.resolve("blog"));
        charts = new Charts(root.resolve("benchmarks/results"));
    }

    /// Arguments: the project's root, the folder of the site, the blob.
    public static void main(String[] args) throws IOException {
        SiteGenerator site = new SiteGenerator(Path.of(args[0]), Path.of(args[1]));
        site.make();
        var report = site.crunch(Path.of(args[2]));
        System.out.printf("site: %d files, %,d octets%n", report.files(), report.written());
    }

    /// All times are that of the latest post: the checkout's are not the same twice.
    private Cruncher.Report crunch(Path blob) throws IOException {
        Instant modified =
                Blog.date(blog.posts().getFirst()).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Cruncher(new Cruncher.Options(Selection.ALL, true, true, modified))
                .crunch(List.of(out), blob);
    }

    private void make() throws IOException {
        clear();
        copy(source.resolve("files"), out);
        pages();
        modulePages();
        tutorial();
        posts();
        charts.copyTo(out.resolve("charts"));
    }

    private void clear() throws IOException {
        if (!Files.exists(out)) return;
        try (Stream<Path> old = Files.walk(out)) {
            for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }

    private void pages() throws IOException {
        Map<String, String> values =
                Map.of("modules", moduleList("modules/", "h3"), "charts", charts.html("charts"));
        try (var files = Files.newDirectoryStream(source.resolve("pages"), "*.html")) {
            for (Path file : files) {
                Fragment page = Fragment.read(file);
                String html = new Template(page.html()).with(values);
                write(page.name() + ".html", "", page.get("title"), page.get("summary"), html);
            }
        }
    }

    private void modulePages() throws IOException {
        for (Modules.Module module : modules.all()) {
            String html = "<article class=\"module\">" + modules.html(module) + "</article>";
            String summary = "The module " + module.title() + " of mirage4j";
            write("modules/" + module.page(), "../", module.title(), summary, html);
        }
        String list = "<h1>Modules</h1>\n" + moduleList("", "h2");
        write("modules/index.html", "../", "Modules", "The modules of mirage4j", list);
    }

    private String moduleList(String folder, String heading) {
        StringBuilder list = new StringBuilder("<div class=\"cards\">\n");
        for (Modules.Module module : modules.all()) {
            list.append(
                    """
                    <a class="card" href="%1$s%2$s"><%3$s>%4$s</%3$s>%5$s</a>
                    """
                            .formatted(
                                    folder,
                                    module.page(),
                                    heading,
                                    module.title(),
                                    modules.summary(module)));
        }
        return list.append("</div>\n").toString();
    }

    private void tutorial() throws IOException {
        String text = Files.readString(root.resolve("docs/tutorial.md"));
        String title = text.lines().findFirst().orElseThrow().replace("# ", "");
        String html = Markdown.html(text, _ -> Optional.empty());
        String page = "<article class=\"module\">" + html + "</article>";
        write("tutorial.html", "", title, "A unikernel of your own, step by step", page);
    }

    private void posts() throws IOException {
        for (Fragment post : blog.posts()) {
            String title = post.get("title");
            String html =
                    "<article class=\"post\"><h1>%s</h1>%s%s</article>"
                            .formatted(Template.escaped(title), Blog.readable(post), post.html());
            write("blog/" + post.name() + ".html", "../", title, post.get("summary"), html);
        }
        String list = "<h1>Blog</h1>\n" + blog.list();
        write("blog/index.html", "../", "Blog", "What happens in mirage4j", list);
        Files.writeString(out.resolve("blog/atom.xml"), blog.atom());
    }

    /// `up` leads from the page to the root of the site.
    private void write(String path, String up, String title, String summary, String html)
            throws IOException {
        Path file = out.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                template.with(
                        Map.of(
                                "title",
                                Template.escaped(title),
                                "summary",
                                Template.escaped(summary),
                                "up",
                                up,
                                "content",
                                html)));
    }
}
