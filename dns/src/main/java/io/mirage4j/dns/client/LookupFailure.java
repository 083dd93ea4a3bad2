// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.Question;
import io.mirage4j.dns.RrType;
import io.mirage4j.platform.Endpoint;

import java.util.List;

/// Why a question has no answer: what was wrong with each server, in the order of events.
public record LookupFailure(Question question, List<Trouble> troubles) {
    /// What was wrong with a server.
    ///
    /// @param times how often
    public record Trouble(Endpoint server, String reason, int times) {
        @Override
        public String toString() {
            return server + " " + reason + (times > 1 ? " (" + times + " times)" : "");
        }
    }

    public LookupFailure {
        troubles = List.copyOf(troubles);
    }

    /// Name and type, each server with what was wrong, and the way out, in one line.
    public String message() {
        var text = new StringBuilder("no answer for ");
        text.append(question.name()).append(' ').append(RrType.name(question.type()));
        String separator = ": ";
        for (Trouble trouble : troubles) {
            text.append(separator).append(trouble);
            separator = "; ";
        }
        return text.append("; ask again later, or name other servers").toString();
    }
}
