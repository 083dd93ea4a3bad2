// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.List;

/// A URI made of a text that need not have been one, and what was done to make it one: nothing if
/// it was.
public record Repaired(Uri uri, List<Repair> repairs) implements LenientResult {
    public Repaired {
        repairs = List.copyOf(repairs);
    }
}
