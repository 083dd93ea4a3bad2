// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

/// How a guest ended.
public sealed interface Exit {
    /// It said so itself. 0 is success, 255 an abort.
    record Halted(int status) implements Exit {}

    /// It did what no guest may, or a device failed under it.
    ///
    /// @param reason one line
    record Fault(String reason) implements Exit {}

    /// Somebody stopped it.
    record Stopped() implements Exit {}

    /// What a process that ran the guest exits with.
    default int status() {
        return switch (this) {
            case Halted halted -> halted.status;
            case Fault _, Stopped _ -> 1;
        };
    }
}
