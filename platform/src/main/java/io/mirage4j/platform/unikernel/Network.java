// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// A port for Ethernet frames that a program asks for; [Board#open(Network)] gives it.
public record Network(String name, String help) implements Device {
    public Network {
        Device.checkName(name);
    }

    public static Network named(String name) {
        return new Network(name, "");
    }

    /// The same, with a line that says what it is for.
    public Network help(String line) {
        return new Network(name, line);
    }
}
