// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The arguments of a guest as one line, which is all that a board hands over. The guest takes it
/// apart as a shell would.
final class GuestWords {
    private static final int MAX_OCTETS = 8191;

    /// Each word so that it comes out as it went in.
    static List<String> quoted(List<String> words) {
        List<String> quoted = words.stream().map(GuestWords::quoted).toList();
        int octets = String.join(" ", quoted).getBytes(StandardCharsets.UTF_8).length;
        if (octets > MAX_OCTETS) {
            throw new AssemblyException(
                    "the arguments take " + octets + " octets > " + MAX_OCTETS + " of a guest");
        }
        return quoted;
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= c > ' ' && c != '\'' && c != '"' && c != '\\';
        }
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private GuestWords() {}
}
