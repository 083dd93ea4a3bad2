// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.AssemblyException;

import java.util.ArrayList;
import java.util.List;

/// The words behind a verb: things, options, and after `--` what is not ours. Each verb takes what
/// it knows, then asks that nothing is left.
final class Words {
    private final List<String> open = new ArrayList<>();
    private final List<String> rest;

    Words(List<String> words) {
        int end = words.indexOf("--");
        open.addAll(end < 0 ? words : words.subList(0, end));
        rest = end < 0 ? List.of() : List.copyOf(words.subList(end + 1, words.size()));
    }

    /// The first word that is no option.
    String thing(String what) {
        for (var words = open.iterator(); words.hasNext(); ) {
            String word = words.next();
            if (!word.startsWith("-")) {
                words.remove();
                return word;
            }
        }
        throw new AssemblyException(what + " is missing; `mirage help` tells what each verb takes");
    }

    /// The value of `--name VALUE` or `--name=VALUE`.
    String option(String name, String fallback) {
        for (int i = 0; i < open.size(); i++) {
            String word = open.get(i);
            if (word.startsWith(name + "=")) {
                open.remove(i);
                return word.substring(name.length() + 1);
            }
            if (word.equals(name)) {
                if (i + 1 == open.size()) {
                    throw new AssemblyException(name + " needs a value; `mirage help` tells which");
                }
                open.remove(i);
                return open.remove(i);
            }
        }
        return fallback;
    }

    boolean flag(String name) {
        return open.remove(name);
    }

    /// What is not taken yet, to take from.
    List<String> open() {
        return open;
    }

    /// What stands behind `--`.
    List<String> rest() {
        return rest;
    }

    void requireNoMore() {
        if (!open.isEmpty()) {
            throw new AssemblyException(
                    "'%s' is not understood; `mirage help` lists the options, and arguments of the program go behind --"
                            .formatted(open.getFirst()));
        }
    }
}
