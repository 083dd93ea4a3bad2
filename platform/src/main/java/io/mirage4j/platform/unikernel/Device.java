// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// A device that a program asks for by name. Who runs the program says what is behind the name.
public sealed interface Device permits Network, Block {
    /// The most octets of a name in a manifest.
    int MAX_NAME_OCTETS = 67;

    String name();

    /// What the program uses it for, for its help; may be empty.
    String help();

    /// For implementers: a name has 1 to 67 letters and digits.
    ///
    /// @throws IllegalArgumentException if `name` is none
    static void checkName(String name) {
        boolean fits = !name.isEmpty() && name.length() <= MAX_NAME_OCTETS;
        for (int i = 0; i < name.length() && fits; i++) {
            char c = name.charAt(i);
            fits = c < 0x80 && Character.isLetterOrDigit(c);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "device name '"
                            + name
                            + "' is not 1 to "
                            + MAX_NAME_OCTETS
                            + " letters and digits");
        }
    }
}
