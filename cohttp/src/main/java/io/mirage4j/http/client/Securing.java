// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.platform.Flow;

import java.io.IOException;

/// Makes a flow private and sure of its other end: what `https` needs and this library has not.
@FunctionalInterface
public interface Securing {
    /// None: `https` can not be asked.
    Securing NONE =
            (_, host) -> {
                throw new IOException(host + ": https needs a Securing, and there is none");
            };

    /// A flow over `flow` to `host`; closing it closes that.
    Flow secure(Flow flow, String host) throws IOException;
}
