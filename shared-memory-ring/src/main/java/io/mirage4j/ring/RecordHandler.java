// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// Takes the records of a drain, one after the other.
@FunctionalInterface
public interface RecordHandler {
    /// The payload is the `len` octets of `memory` from `off`, valid until this returns. A producer
    /// that is not trusted may still write there: read each field once, or copy first.
    void record(Cstruct memory, int off, int len);
}
