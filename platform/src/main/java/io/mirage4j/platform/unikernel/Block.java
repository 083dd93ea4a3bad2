// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// A row of sectors that a program asks for; [Board#open(Block)] gives it.
///
/// @param isOptional whether the program does without where nothing is behind the name; ask by
///   [Board#openOptional] then
/// @param isExclusive whether nobody else may have it while the program does, since it is written
public record Block(String name, String help, boolean isOptional, boolean isExclusive)
        implements Device {
    public Block {
        Device.checkName(name);
    }

    public static Block named(String name) {
        return new Block(name, "", false, false);
    }

    /// The same, with a line that says what it is for.
    public Block help(String line) {
        return new Block(name, line, isOptional, isExclusive);
    }

    /// The same, for a program that can do without.
    public Block optional() {
        return new Block(name, help, true, isExclusive);
    }

    /// The same, for one program at a time: on a host its file is locked.
    public Block exclusive() {
        return new Block(name, help, isOptional, true);
    }
}
