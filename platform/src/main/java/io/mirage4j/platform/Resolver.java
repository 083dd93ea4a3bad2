// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.io.IOException;
import java.util.List;

/// Finds the addresses of a name.
@FunctionalInterface
public interface Resolver {
    /// The addresses of `name`, best first; none if there is no such name or it has no address. Any
    /// thread may ask.
    ///
    /// @throws java.io.InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if nobody could tell
    List<IpAddress> resolve(String name) throws IOException;
}
