// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// A row of sectors that a program asks for; [Board#open(Block)] gives it.
public record Block(String name, String help) implements Device {
    public Block {
        Device.checkName(name);
    }

    public static Block named(String name) {
        return new Block(name, "");
    }

    /// The same, with a line that says what it is for.
    public Block help(String line) {
        return new Block(name, line);
    }
}
