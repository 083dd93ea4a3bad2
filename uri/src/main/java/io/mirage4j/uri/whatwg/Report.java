// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What the parser says of a text: the error that ended it and, for a caller who wants to know,
/// everything else that it found.
final class Report {
    private final @Nullable List<UrlFinding> findings;
    private @Nullable UrlFinding failure;

    private Report(@Nullable List<UrlFinding> findings) {
        this.findings = findings;
    }

    /// For a caller who asks for a URL only.
    static Report ofFailure() {
        return new Report(null);
    }

    static Report ofEverything() {
        return new Report(new ArrayList<>());
    }

    /// Whether it is worth the time to look for what does not end the parsing.
    boolean wantsEverything() {
        return findings != null;
    }

    void add(ValidationError error, int position) {
        if (findings != null) {
            findings.add(new UrlFinding(error, position));
        }
    }

    void fail(ValidationError error, int position) {
        failure = new UrlFinding(error, position);
        add(error, position);
    }

    /// Fails for what may have been found before, and is then not said twice.
    void failAgain(ValidationError error, int position) {
        failure = new UrlFinding(error, position);
        boolean said = findings != null && findings.stream().anyMatch(f -> f.error() == error);
        if (!said) {
            add(error, position);
        }
    }

    List<UrlFinding> findings() {
        return findings == null ? List.of() : List.copyOf(findings);
    }

    /// After a parsing that gave nothing.
    UrlError error() {
        if (failure == null) throw new AssertionError("parsing failed without an error");
        return UrlError.of(failure.error(), failure.position());
    }
}
