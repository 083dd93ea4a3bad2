// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;

/// The octets of a segment that came in, in the device's memory: valid only while [Landing#land]
/// runs.
public interface Payload {
    int length();

    /// Copies the first `count` octets, of one frame or of several, to `target`.
    void copyTo(Cstruct target, int off, int count);
}
