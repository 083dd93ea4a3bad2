// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The one place that knows who turns Markdown into HTML.
final class Markdown {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder()
                    .extensions(EXTENSIONS)
                    .attributeProviderFactory(_ -> Markdown::sides)
                    .build();

    /// The HTML of `text`. Each link goes where `places` says; one that has no place there becomes
    /// the text it had.
    static String html(String text, Function<String, Optional<String>> places) {
        Node document = PARSER.parse(text);
        document.accept(new Links(places));
        // A wide table is moved in a box of its own, not the page.
        return RENDERER.render(document)
                .replace("<table>", "<div class=\"wide\"><table>")
                .replace("</table>", "</table></div>");
    }

    /// HTML has no `align` any more: a side becomes a class.
    private static void sides(Node node, String tag, Map<String, String> attributes) {
        String side = attributes.remove("align");
        if (side != null && !side.equals("left")) {
            attributes.put("class", side);
        }
    }

    private static final class Links extends AbstractVisitor {
        private final Function<String, Optional<String>> places;

        Links(Function<String, Optional<String>> places) {
            this.places = places;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            Optional<String> place = places.apply(link.getDestination());
            if (place.isPresent()) {
                link.setDestination(place.get());
                return;
            }
            while (link.getFirstChild() != null) {
                link.insertBefore(link.getFirstChild());
            }
            link.unlink();
        }
    }

    private Markdown() {}
}
