// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Something in a zone file that is not right.
///
/// @param line from 1
/// @param column in octets, from 1
/// @param fatal whether reading ended there, because what follows can not be understood: after a
///   directive that went wrong, or a parenthesis
public record ZoneFault(String file, int line, int column, String cause, boolean fatal) {
    /// `FILE:LINE:COLUMN: CAUSE`.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + cause;
    }
}
