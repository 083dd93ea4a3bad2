// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.util.EnumSet;
import java.util.Set;

/// Any octets, under any leniencies, cut anywhere: no exception, and the same whole as cut.
class ReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void octetsAreReadTheSameWholeAndCut(FuzzedDataProvider data) {
        Set<Leniency> leniencies = EnumSet.noneOf(Leniency.class);
        int bits = data.consumeInt();
        for (Leniency leniency : Leniency.values()) {
            if ((bits & leniency.bit()) != 0) {
                leniencies.add(leniency);
            }
        }
        boolean requests = data.consumeBoolean();
        int cut = data.consumeInt(0, 400);
        Rules rules = new Rules(Limits.DEFAULT, leniencies, Set.of());
        byte[] input = data.consumeRemainingAsBytes();
        String whole = read(rules, requests, input);
        String inTwo = read(rules, requests, input, Math.min(cut, input.length));
        if (!whole.equals(inTwo)) throw new AssertionError(inTwo + "\nis not\n" + whole);
    }

    private static String read(Rules rules, boolean requests, byte[] input, int... cuts) {
        MessageReader reader =
                requests ? MessageReader.ofRequests(rules) : MessageReader.ofResponses(rules);
        return Transcript.of(reader, input, false, true, cuts).toString();
    }
}
