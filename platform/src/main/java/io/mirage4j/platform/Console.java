// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// Where a program tells its operator something. There is nobody to tell when that fails, so it
/// does not.
@FunctionalInterface
public interface Console {
    /// Writes the octets, by convention UTF-8. They are out, or with the system below, when this
    /// returns; the caller keeps `text`.
    void write(ReadOnlyCstruct text);

    /// Writes one line.
    default void println(String line) {
        write(ReadOnlyCstruct.of(line + "\n"));
    }
}
