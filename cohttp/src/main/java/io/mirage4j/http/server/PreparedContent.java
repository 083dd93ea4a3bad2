// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Method;
import io.mirage4j.http.Request;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.FieldLines;
import io.mirage4j.http.wire.Head;
import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a handler of files answers from a store that does not change, made ready: the whole of each
/// value, in each coding that clients usually accept. Conditions, ranges, rare codings and values
/// that do not fit a buffer are left to the handler. Finding allocates nothing.
final class PreparedContent implements Shortcut {
    /// Of a larger store the rest is left to the handler.
    private static final int MOST_VALUES = 4096;

    private static final String INDEX = "index.html";

    /// What browsers, curl and libraries say in Accept-Encoding, in classes that get the same
    /// answer.
    static final List<List<String>> ACCEPTED =
            List.of(
                    List.of("", "identity"),
                    List.of("gzip", "gzip, deflate", "deflate, gzip", "gzip,deflate"),
                    List.of(
                            "gzip, deflate, br",
                            "gzip, deflate, br, zstd",
                            "deflate, gzip, br, zstd",
                            "deflate, gzip, br"));

    private final List<PreparedPaths> byClass = new ArrayList<>();

    private PreparedContent() {}

    static PreparedContent of(Kv kv, Handler handler) throws IOException {
        List<String> paths = new ArrayList<>();
        collect(kv, "", paths);
        var made = new PreparedContent();
        for (List<String> texts : ACCEPTED) {
            made.byClass.add(new PreparedPaths(answers(paths, handler, texts.getFirst())));
        }
        return made;
    }

    private static void collect(Kv kv, String folder, List<String> paths) throws IOException {
        for (String name : kv.list(folder)) {
            if (paths.size() >= MOST_VALUES) return;
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (name.endsWith("/")) {
                collect(kv, path.substring(0, path.length() - 1), paths);
            } else {
                paths.add(path);
            }
        }
    }

    private static Map<String, Prepared> answers(
            List<String> paths, Handler handler, String accepted) throws IOException {
        Map<String, Prepared> byTarget = new HashMap<>();
        for (String path : paths) {
            String target = "/" + path;
            Prepared answer = answer(handler, target, accepted);
            if (answer == null) continue;
            byTarget.put(target, answer);
            if (target.endsWith("/" + INDEX)) {
                byTarget.put(target.substring(0, target.length() - INDEX.length()), answer);
            }
        }
        return byTarget;
    }

    private static @Nullable Prepared answer(Handler handler, String target, String accepted)
            throws IOException {
        Fields fields = accepted.isEmpty() ? Fields.NONE : Fields.of("Accept-Encoding", accepted);
        var rehearsal = new Rehearsal(new Request(Method.GET, "http", "", target, fields));
        handler.handle(rehearsal);
        Response head = rehearsal.head;
        ReadOnlyCstruct content = rehearsal.content;
        return head != null && content != null && head.status() == Status.OK
                ? Prepared.over(head, content)
                : null;
    }

    @Override
    public @Nullable Prepared find(Head request) {
        FieldLines fields = request.fields();
        int accepted = -1;
        for (int line = 0; line < fields.count(); line++) {
            int first = fields.octets().u8(fields.nameOff(line)) | 0x20;
            if (first == 'a' && fields.isNamed(line, "accept-encoding")) {
                if (accepted >= 0) return null;
                accepted = line;
            } else if (first == 'r' && fields.isNamed(line, "range")) {
                return null;
            } else if (first == 'i' && isCondition(fields, line)) {
                return null;
            }
        }
        int byCoding = accepted < 0 ? 0 : accepts(fields, accepted);
        return byCoding < 0 ? null : byClass.get(byCoding).find(request);
    }

    /// RFC 9110, 13.1: all of these, and none but these, begin so.
    private static boolean isCondition(FieldLines fields, int line) {
        int off = fields.nameOff(line);
        return fields.nameLength(line) > 3
                && (fields.octets().u8(off + 1) | 0x20) == 'f'
                && fields.octets().u8(off + 2) == '-';
    }

    /// The class of what is accepted, or -1.
    private static int accepts(FieldLines fields, int line) {
        for (int i = 0; i < ACCEPTED.size(); i++) {
            List<String> texts = ACCEPTED.get(i);
            for (int j = 0; j < texts.size(); j++) {
                if (isValue(fields, line, texts.get(j))) return i;
            }
        }
        return -1;
    }

    private static boolean isValue(FieldLines fields, int line, String text) {
        if (fields.valueLength(line) != text.length()) return false;
        int off = fields.valueOff(line);
        for (int i = 0; i < text.length(); i++) {
            if (fields.octets().u8(off + i) != text.charAt(i)) return false;
        }
        return true;
    }

    /// A request that nobody has made, and its response. Content in several pieces is not kept.
    private static final class Rehearsal implements Exchange, ContentSink {
        private final Request request;
        private @Nullable Response head;
        private @Nullable ReadOnlyCstruct content;
        private int pieces;

        Rehearsal(Request request) {
            this.request = request;
        }

        @Override
        public Request request() {
            return request;
        }

        @Override
        public ContentSource content() {
            throw new IllegalStateException("there is no content");
        }

        @Override
        public void inform(Response interim) {}

        @Override
        public ContentSink respond(Response head) {
            this.head = head;
            return this;
        }

        @Override
        public void write(ReadOnlyCstruct content) {
            this.content = ++pieces == 1 ? content : null;
        }

        @Override
        public void flush() {}

        @Override
        public void close(Fields trailers) {}
    }
}
