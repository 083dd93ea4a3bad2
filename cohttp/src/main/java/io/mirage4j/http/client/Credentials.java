// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.BasicCredentials;
import io.mirage4j.http.Challenge;
import io.mirage4j.http.Fields;
import io.mirage4j.uri.Uri;

import java.util.Optional;

/// With what a client answers a challenge of the scheme Basic (RFC 7617): who the user is to a
/// server and realm, where it shall know at all.
@FunctionalInterface
public interface Credentials {
    /// Nobody is told.
    Credentials NONE = (_, _) -> Optional.empty();

    /// The credentials for what `uri` names; the server calls its protected part `realm`.
    Optional<BasicCredentials> of(Uri uri, String realm);

    /// The request with credentials, if the response asks for some and there are any.
    default Optional<ClientRequest> answer(ClientRequest request, Fields response) {
        if (request.fields().contains("authorization") || !request.content().isRepeatable()) {
            return Optional.empty();
        }
        return Challenge.parseList(String.join(", ", response.all("www-authenticate")))
                .flatMap(
                        challenges ->
                                challenges.stream()
                                        .filter(challenge -> challenge.hasScheme("Basic"))
                                        .findFirst())
                .map(challenge -> challenge.parameters().getOrDefault("realm", ""))
                .flatMap(realm -> of(request.uri(), realm))
                .map(known -> request.with("Authorization", known.emit()));
    }
}
