// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.wire.FieldLines;
import io.mirage4j.http.wire.Head;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;

import java.util.Optional;

/// What is gathered about one request for the log, if there is one.
final class AccessLine {
    private static final int CUT_OFF = 499;

    private final HttpServer server;
    private final boolean wanted;

    private Optional<Endpoint> remote = Optional.empty();
    private boolean open;
    private String request = "";
    private String referer = "";
    private String userAgent = "";
    private String cause = "";

    AccessLine(HttpServer server) {
        this.server = server;
        wanted = !server.log().equals(AccessLog.NONE);
    }

    /// What comes next comes by `flow`.
    void of(Flow flow) {
        open = false;
        if (wanted) {
            remote = flow.remote();
        }
    }

    void begin() {
        open = true;
        request = referer = userAgent = cause = "";
    }

    void head(Head head) {
        if (wanted) {
            int minor = head.version() % 10;
            request = head.method() + " " + head.target() + " HTTP/1." + minor;
            referer = value(head.fields(), "referer");
            userAgent = value(head.fields(), "user-agent");
        }
    }

    private static String value(FieldLines fields, String name) {
        int line = fields.find(name, 0);
        return line < 0 ? "" : fields.value(line);
    }

    void because(String cause) {
        this.cause = cause;
    }

    void end(int status, long octets, long durationNanos) {
        open = false;
        if (wanted) {
            server.log()
                    .add(
                            new AccessEntry(
                                    remote.map(end -> end.address().toString()).orElse("-"),
                                    server.clock().wallTime(),
                                    request,
                                    status,
                                    octets,
                                    durationNanos,
                                    referer,
                                    userAgent,
                                    cause));
        }
    }

    /// The connection broke; 499 says so where a request was being answered.
    void cut(String cause) {
        if (open) {
            if (this.cause.isEmpty()) {
                this.cause = cause;
            }
            end(CUT_OFF, 0, 0);
        }
    }
}
