// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Method;
import io.mirage4j.http.cookie.Initiator;
import io.mirage4j.uri.Uri;

import java.util.Optional;

/// What to ask whom.
///
/// @param initiator who has it sent, by which cookies are chosen; nobody but the user by default
public record ClientRequest(
        Method method,
        Uri uri,
        Fields fields,
        ClientContent content,
        Optional<Initiator> initiator) {
    public ClientRequest {
        boolean http = uri.hasScheme("http") || uri.hasScheme("https");
        if (!http || uri.hostText().orElse("").isEmpty()) {
            throw new IllegalArgumentException("not a URI of http or https with a host: " + uri);
        }
    }

    public ClientRequest(Method method, Uri uri, Fields fields, ClientContent content) {
        this(method, uri, fields, content, Optional.empty());
    }

    public static ClientRequest get(String uri) {
        return of(Method.GET, uri);
    }

    public static ClientRequest of(Method method, String uri) {
        return new ClientRequest(method, Uri.of(uri), Fields.NONE, ClientContent.NONE);
    }

    public ClientRequest with(String name, String value) {
        return with(fields.toBuilder().set(name, value).build());
    }

    /// With these fields instead.
    public ClientRequest with(Fields fields) {
        return new ClientRequest(method, uri, fields, content, initiator);
    }

    /// Asks for another protocol (RFC 9110, 7.8): where the server takes it, the response is 101
    /// and has a [ClientResponse#tunnel].
    public ClientRequest upgrade(String protocol) {
        return with("Connection", "upgrade").with("Upgrade", protocol);
    }

    public ClientRequest with(ClientContent content) {
        return new ClientRequest(method, uri, fields, content, initiator);
    }

    public ClientRequest with(Initiator initiator) {
        return new ClientRequest(method, uri, fields, content, Optional.of(initiator));
    }

    public ClientRequest with(ReadOnlyCstruct content) {
        return with(ClientContent.of(content));
    }
}
