// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.wire.FieldLines;
import io.mirage4j.http.wire.Head;
import io.mirage4j.platform.Flow;

/// What is gathered about one request for the log, if there is one.
final class AccessLine {
    private static final int CUT_OFF = 499;

    private final HttpServer server;
    private final Flow flow;
    private final boolean wanted;

    private boolean open;
    private String request = "";
    private String referer = "";
    private String userAgent = "";
    private String cause = "";

    AccessLine(HttpServer server, Flow flow) {
        this.server = server;
        this.flow = flow;
        wanted = !server.log().equals(AccessLog.NONE);
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
            String remote =
                    flow.remote().map(endpoint -> endpoint.address().toString()).orElse("-");
            server.log()
                    .add(
                            new AccessEntry(
                                    remote,
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
