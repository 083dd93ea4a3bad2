// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.Fields;
import io.mirage4j.http.Method;
import io.mirage4j.uri.Uri;
import io.mirage4j.uri.UriResult;

import java.util.Optional;

/// Where a response sends its request (RFC 9110, 15.4). What names the user goes to the first
/// origin only.
final class Redirects {
    /// The request to send next; empty where the response is the answer.
    static Optional<ClientRequest> next(ClientRequest request, ClientResponse response) {
        int status = response.status();
        boolean same = status == 307 || status == 308;
        if (!same && status != 301 && status != 302 && status != 303) return Optional.empty();
        UriResult location = Uri.parse(response.fields().only("location").orElse(""));
        if (!(location instanceof Uri reference) || reference.toString().isEmpty()) {
            return Optional.empty();
        }
        Uri target = request.uri().resolve(reference).withoutFragment();
        boolean http = target.hasScheme("http") || target.hasScheme("https");
        if (!http || target.hostText().orElse("").isEmpty()) return Optional.empty();
        Method method = request.method();
        boolean reads = method.equals(Method.GET) || method.equals(Method.HEAD);
        boolean becomesGet = !same && !reads && (status == 303 || method.equals(Method.POST));
        if (!becomesGet && !request.content().isRepeatable()) return Optional.empty();
        Fields.Builder fields = request.fields().toBuilder();
        if (becomesGet) {
            fields.remove("content-type").remove("content-encoding").remove("content-language");
        }
        if (!sameOrigin(request.uri(), target)) {
            fields.remove("authorization").remove("cookie").remove("proxy-authorization");
        }
        return Optional.of(
                new ClientRequest(
                        becomesGet ? Method.GET : method,
                        target,
                        fields.build(),
                        becomesGet ? ClientContent.NONE : request.content(),
                        request.initiator()));
    }

    private static boolean sameOrigin(Uri a, Uri b) {
        return a.origin().isPresent() && a.origin().equals(b.origin());
    }

    private Redirects() {}
}
