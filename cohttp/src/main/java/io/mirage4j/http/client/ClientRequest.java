// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Method;
import io.mirage4j.uri.Uri;

/// What to ask whom.
public record ClientRequest(Method method, Uri uri, Fields fields, ClientContent content) {
    public ClientRequest {
        boolean http = uri.hasScheme("http") || uri.hasScheme("https");
        if (!http || uri.hostText().orElse("").isEmpty()) {
            throw new IllegalArgumentException("not a URI of http or https with a host: " + uri);
        }
    }

    public static ClientRequest get(String uri) {
        return of(Method.GET, uri);
    }

    public static ClientRequest of(Method method, String uri) {
        return new ClientRequest(method, Uri.of(uri), Fields.NONE, ClientContent.NONE);
    }

    public ClientRequest with(String name, String value) {
        Fields more = fields.toBuilder().set(name, value).build();
        return new ClientRequest(method, uri, more, content);
    }

    public ClientRequest with(ClientContent content) {
        return new ClientRequest(method, uri, fields, content);
    }

    public ClientRequest with(ReadOnlyCstruct content) {
        return with(ClientContent.of(content));
    }
}
