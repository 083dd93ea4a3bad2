// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// The order of the octets in a number.
enum Order {
    BIG("be", "big-endian"),
    LITTLE("le", "little-endian"),
    UNSAID("", "");

    /// How Cstruct's readers end.
    final String suffix;

    final String words;

    Order(String suffix, String words) {
        this.suffix = suffix;
        this.words = words;
    }
}
