// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.unikernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A flood of pings to a guest, over a TAP interface in a network namespace of its own.
public final class Pings {
    private static final int COUNT = 20_000;
    private static final Pattern ROUND_TRIP =
            Pattern.compile(", 0% packet loss.*?rtt [^=]*= [\\d.]+/([\\d.]+)/", Pattern.DOTALL);

    /// The guest's command is `$@`; it answers for 10.0.0.2 on tap0.
    private static final String SCRIPT =
            """
            "$@" & guest=$!
            for try in 1 2 3 4 5 6 7 8 9 10; do ping -q -c 1 -W 1 10.0.0.2 && break; done
            ping -q -f -c %d 10.0.0.2
            kill $guest
            wait $guest 2>/dev/null
            exit 0
            """
                    .formatted(COUNT);

    /// The mean round trip in microseconds; none may get lost.
    public static double micros(Command guest) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        words.addAll(guest.words());
        String said = new Command(words).besideATap().output();
        Matcher found = ROUND_TRIP.matcher(said);
        double mean = -1;
        while (found.find()) {
            mean = Double.parseDouble(found.group(1)) * 1e3; // the last is the flood
        }
        if (mean < 0) throw new IOException("pings got lost: " + said);
        return mean;
    }

    private Pings() {}
}
