// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The posts of the blog, the latest first, their list, and their Atom feed (RFC 4287).
final class Blog {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final List<Fragment> posts;

    Blog(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.html")) {
            var read = new java.util.ArrayList<Fragment>();
            for (Path file : files) {
                read.add(Fragment.read(file));
            }
            read.sort(Comparator.comparing(Blog::date).thenComparing(Fragment::name).reversed());
            posts = List.copyOf(read);
        }
    }

    List<Fragment> posts() {
        return posts;
    }

    static LocalDate date(Fragment post) {
        return LocalDate.parse(post.get("date"));
    }

    static String readable(Fragment post) {
        return "<time datetime=\"%s\">%s</time>".formatted(date(post), DATE.format(date(post)));
    }

    String list() {
        StringBuilder list = new StringBuilder("<ul class=\"posts\">\n");
        for (Fragment post : posts) {
            list.append(
                    """
                    <li>%s<a href="%s.html">%s</a><p>%s</p></li>
                    """
                            .formatted(
                                    readable(post),
                                    post.name(),
                                    Template.escaped(post.get("title")),
                                    Template.escaped(post.get("summary"))));
        }
        return list.append("</ul>\n").toString();
    }

    /// Links are relative, so that the feed is right under whatever name the site is served.
    String atom() {
        StringBuilder feed = new StringBuilder();
        feed.append(
                """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                <title>mirage4j</title>
                <id>urn:mirage4j:blog</id>
                <link rel="self" href="atom.xml"/>
                <link href="index.html"/>
                <author><name>mirage4j</name></author>
                <updated>%sT00:00:00Z</updated>
                """
                        .formatted(posts.isEmpty() ? "1970-01-01" : date(posts.getFirst())));
        for (Fragment post : posts) {
            feed.append(
                    """
                    <entry>
                    <title>%s</title>
                    <id>urn:mirage4j:blog:%s</id>
                    <link href="%s.html"/>
                    <updated>%sT00:00:00Z</updated>
                    <summary>%s</summary>
                    <content type="html">%s</content>
                    </entry>
                    """
                            .formatted(
                                    Template.escaped(post.get("title")),
                                    post.name(),
                                    post.name(),
                                    date(post),
                                    Template.escaped(post.get("summary")),
                                    Template.escaped(post.html())));
        }
        return feed.append("</feed>\n").toString();
    }
}
