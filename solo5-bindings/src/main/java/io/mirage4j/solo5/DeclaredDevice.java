// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

/// A device as the image's manifest declares it.
public record DeclaredDevice(String name, Type type) {
    /// What a device is good for.
    public enum Type {
        NETWORK,
        BLOCK
    }
}
