// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// A row of sectors that a program asks for; [Board#open(Block)] gives it.
///
/// @param isOptional whether the program does without where nothing is behind the name; ask by
///   [Board#openOptional] then
public record Block(String name, String help, boolean isOptional) implements Device {
    public Block {
        Device.checkName(name);
    }

    public static Block named(String name) {
        return new Block(name, "", false);
    }

    /// The same, with a line that says what it is for.
    public Block help(String line) {
        return new Block(name, line, isOptional);
    }

    /// The same, for a program that can do without.
    public Block optional() {
        return new Block(name, help, true);
    }
}
