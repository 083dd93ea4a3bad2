// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.BasicCredentials;
import io.mirage4j.http.Fields;
import io.mirage4j.http.cookie.CookieJar;
import io.mirage4j.platform.Clock;
import io.mirage4j.uri.Uri;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// What a request says on the wire beyond what its caller wrote: where it goes, what the client
/// takes, who the user is.
record RequestFields(@Nullable CookieJar cookies, Clock clock) {
    private static final long SECOND = 1_000_000_000L;

    /// @param decodes whether content may come compressed
    /// @param proxy who is asked, if it shall know the user
    Fields of(ClientRequest request, boolean decodes, Optional<Uri> proxy) {
        Uri uri = request.uri();
        Fields.Builder fields = Fields.builder();
        String port = uri.port() >= 0 && !isUsual(uri) ? ":" + uri.port() : "";
        fields.add("Host", uri.hostText().orElse("") + port);
        request.fields()
                .forEach(
                        (name, value) -> {
                            // Where it goes and how it is framed is for the client to say.
                            switch (name.toLowerCase(Locale.ROOT)) {
                                case "host", "content-length", "transfer-encoding" -> {}
                                default -> fields.add(name, value);
                            }
                        });
        if (decodes && !request.fields().contains("range")) {
            fields.add("Accept-Encoding", "gzip");
        }
        // RFC 9110, 10.1.4: TE is for the next one only.
        if (!request.fields().contains("te") && !request.fields().contains("connection")) {
            fields.add("TE", Uncoded.TRANSFER_CODINGS).add("Connection", "TE");
        }
        CookieJar jar = cookies;
        if (jar != null && !request.fields().contains("cookie")) {
            boolean safe = request.method().isSafe();
            jar.field(uri, request.initiator(), safe, wallSeconds())
                    .ifPresent(value -> fields.add("Cookie", value));
        }
        proxy.flatMap(RequestFields::credentials)
                .ifPresent(value -> fields.add("Proxy-Authorization", value));
        return fields.build();
    }

    private static boolean isUsual(Uri uri) {
        return uri.port() == (uri.hasScheme("https") ? 443 : 80);
    }

    static Optional<String> credentials(Uri proxy) {
        return proxy.decodedUserinfo()
                .filter(userinfo -> userinfo.indexOf(':') >= 0)
                .map(
                        userinfo -> {
                            int colon = userinfo.indexOf(':');
                            return new BasicCredentials(
                                            userinfo.substring(0, colon),
                                            userinfo.substring(colon + 1))
                                    .emit();
                        });
    }

    /// Keeps the cookies of a response.
    void remember(ClientRequest request, Fields response) {
        CookieJar jar = cookies;
        if (jar != null) {
            for (String field : response.all("set-cookie")) {
                jar.set(request.uri(), request.initiator(), field, wallSeconds());
            }
        }
    }

    private long wallSeconds() {
        return Math.floorDiv(clock.wallNanos(), SECOND);
    }

    static String originForm(Uri uri) {
        String path = uri.path().isEmpty() ? "/" : uri.path();
        return path + uri.query().map(query -> "?" + query).orElse("");
    }

    static String absoluteForm(Uri uri) {
        String port = uri.port() >= 0 ? ":" + uri.port() : "";
        return "http://" + uri.hostText().orElse("") + port + originForm(uri);
    }
}
