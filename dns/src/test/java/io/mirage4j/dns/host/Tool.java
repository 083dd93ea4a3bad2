// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Programs of others that are run and end.
final class Tool {
    /// The output of a program, both of it; `input` is what it reads.
    static String run(String program, String input, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Peers.require(program).toString()));
        for (Object argument : arguments) command.add(argument.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output;
        try (var in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        process.waitFor();
        return output;
    }

    /// Waits until `what` gives true; fails with what `state` says if it does not in a while.
    static void await(Callable<Boolean> what, Callable<String> state) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!what.call()) {
            if (System.nanoTime() > end) {
                assertThat(state.call()).isEqualTo("what was awaited");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Tool() {}
}
