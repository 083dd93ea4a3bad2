// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import io.mirage4j.uri.Uri;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A URI template (RFC 6570) with all that level 4 has. Immutable; equal if the texts are.
///
/// ```java
/// var template = UriTemplate.of("/search{?q,page}");
/// template.expand(Variables.of("q", "a b"));          // "/search?q=a%20b"
/// template.match("/search?q=a%20b").get().text("q");  // "a b"
/// ```
public final class UriTemplate implements TemplateResult {
    /// How many characters [#match] looks at, once for each variable of the template.
    public static final int MAX_MATCH = 1 << 20;

    private final String text;
    private final List<Part> parts;

    UriTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /// Reads a template of at most [Uri#DEFAULT_MAX_LENGTH] characters.
    public static TemplateResult parse(String text) {
        return parse(text, Uri.DEFAULT_MAX_LENGTH);
    }

    /// Reads a template of at most `maxLength` characters.
    public static TemplateResult parse(String text, int maxLength) {
        if (text.length() > maxLength) {
            return new TemplateError(TemplateError.Cause.TOO_LONG, maxLength);
        }
        return new TemplateParser(text).parse();
    }

    /// Reads a text that is known to be right, such as a literal, of any length.
    ///
    /// @throws IllegalArgumentException if it is not
    public static UriTemplate of(String text) {
        return switch (new TemplateParser(text).parse()) {
            case UriTemplate template -> template;
            case TemplateError error -> throw new IllegalArgumentException(error.message());
        };
    }

    /// The template with these values in the place of its variables; a URI reference, if the
    /// literals of the template make up one.
    ///
    /// @throws IllegalArgumentException if a variable with a prefix (`{var:3}`) is not one text
    public String expand(Variables variables) {
        return Expansion.expand(parts, variables);
    }

    /// Values that expand to `uri`, if there are any; of several, the plainest: one text rather
    /// than a list, a list rather than pairs, and the variables further to the left take as much as
    /// they can. A name that stands in several places is read at each by itself, so a match may be
    /// missed where one of them could be read in several ways.
    ///
    /// Takes time linear in the length of `uri` for each variable of the template. Where this would
    /// be too long, because the length times the number of variables is over [#MAX_MATCH], nothing
    /// matches: a template of ten variables reads texts of 100,000 characters.
    public Optional<Variables> match(String uri) {
        if ((long) uri.length() * occurrences() > MAX_MATCH) return Optional.empty();
        return Matcher.match(parts, uri);
    }

    /// The variables, each counted as often as it stands in the template.
    private int occurrences() {
        int occurrences = 0;
        for (Part part : parts) {
            if (part instanceof Part.Expression(_, List<Part.Variable> variables)) {
                occurrences += variables.size();
            }
        }
        return occurrences;
    }

    /// The names of the variables, in the order in which they first appear.
    public Set<String> variableNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Expression(_, List<Part.Variable> variables)) {
                variables.forEach(variable -> names.add(variable.name()));
            }
        }
        return names;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UriTemplate template && text.equals(template.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The text, exactly as it was parsed.
    @Override
    public String toString() {
        return text;
    }
}
