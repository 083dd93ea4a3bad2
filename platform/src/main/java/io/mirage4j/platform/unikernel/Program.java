// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// What a declared program does.
@FunctionalInterface
public interface Program {
    int OK = 0;

    /// Runs to its end and returns the exit status.
    ///
    /// @throws Exception what the program did not expect; its trace is printed and the status is 1
    int run(Board board, Arguments arguments) throws Exception;
}
