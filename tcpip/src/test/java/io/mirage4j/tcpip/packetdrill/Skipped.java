// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

/// A script asks for something that is not TCP's.
final class Skipped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Skipped(String construct) {
        super(construct);
    }
}
