// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.BasicCredentials;
import io.mirage4j.http.BearerToken;
import io.mirage4j.http.Challenge;
import io.mirage4j.http.DigestCredentials;
import io.mirage4j.http.Fields;
import io.mirage4j.uri.Uri;

import java.util.List;
import java.util.Optional;

/// With what a client answers a challenge of the schemes Digest (RFC 7616), Bearer (RFC 6750) and
/// Basic (RFC 7617): who the user is to a server and realm, where it shall know at all.
@FunctionalInterface
public interface Credentials {
    /// Nobody is told.
    Credentials NONE = (_, _) -> Optional.empty();

    /// The user and password for what `uri` names; the server calls its protected part `realm`.
    Optional<BasicCredentials> of(Uri uri, String realm);

    /// The token for what `uri` names.
    default Optional<BearerToken> token(Uri uri, String realm) {
        return Optional.empty();
    }

    /// The request with credentials, if the response asks for some and there are any. To a server
    /// that takes Digest no password is shown, nor to one that takes a token that there is.
    ///
    /// @param cnonce a number that was never given before, for Digest
    default Optional<ClientRequest> answer(ClientRequest request, Fields response, String cnonce) {
        if (request.fields().contains("authorization") || !request.content().isRepeatable()) {
            return Optional.empty();
        }
        List<Challenge> challenges =
                Challenge.parseList(String.join(", ", response.all("www-authenticate")))
                        .orElse(List.of());
        Optional<Challenge> digest = DigestCredentials.best(challenges);
        Optional<String> answer =
                digest.flatMap(challenge -> of(request.uri(), realm(challenge)))
                        .map(DigestCredentials::new)
                        .map(
                                known ->
                                        known.answer(
                                                digest.get(),
                                                request.method(),
                                                RequestFields.originForm(request.uri()),
                                                cnonce))
                        .or(
                                () ->
                                        named(challenges, "Bearer")
                                                .flatMap(c -> token(request.uri(), realm(c)))
                                                .map(BearerToken::emit))
                        .or(
                                () ->
                                        named(challenges, "Basic")
                                                .flatMap(c -> of(request.uri(), realm(c)))
                                                .map(BasicCredentials::emit));
        return answer.map(value -> request.with("Authorization", value));
    }

    private static Optional<Challenge> named(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(challenge -> challenge.hasScheme(scheme)).findFirst();
    }

    private static String realm(Challenge challenge) {
        return challenge.parameters().getOrDefault("realm", "");
    }
}
