// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.host;

import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.MainMethod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts a board below a program and calls its `main`: the class, options of the wiring, `--`, the
/// program's own words.
public final class HostStart {
    public static void main(String[] args) throws Throwable {
        List<String> all = Arrays.asList(args);
        int end = all.indexOf("--");
        Wiring wiring = Wiring.take(new ArrayList<>(all.subList(1, end)));
        Board.install(new HostBoard(wiring));
        Class<?> program = Class.forName(all.getFirst());
        String[] words = all.subList(end + 1, all.size()).toArray(String[]::new);
        MainMethod.of(program).invokeExact(words);
    }

    private HostStart() {}
}
