// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// A message that was refused.
///
/// @param offset where, in octets since the reader was made
public record Malformed(Fault fault, long offset) {
    /// The status code for a client that sent this.
    public int status() {
        return fault.status();
    }

    @Override
    public String toString() {
        return fault.text() + ", octet " + offset;
    }
}
