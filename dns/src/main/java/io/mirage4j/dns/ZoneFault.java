// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Something in a zone file that is not right.
///
/// @param file the path; empty for what was not read from one
/// @param line from 1; 0 for what is wrong with the zone as a whole
/// @param column in octets, from 1
/// @param fatal whether reading ended there, because what follows can not be understood: after a
///   directive that went wrong, or a parenthesis
public record ZoneFault(String file, int line, int column, String cause, boolean fatal) {
    /// `FILE:LINE:COLUMN: CAUSE`, or as much of it as there is.
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place.isEmpty() ? cause : place + ": " + cause;
    }
}
