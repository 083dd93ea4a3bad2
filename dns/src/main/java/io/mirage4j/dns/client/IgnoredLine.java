// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

/// What was left out of a file, and why: the rest of the file counts.
///
/// @param number of the line, from 1 on
public record IgnoredLine(int number, String text, String reason) {
    @Override
    public String toString() {
        return number + ": '" + text + "': " + reason;
    }
}
