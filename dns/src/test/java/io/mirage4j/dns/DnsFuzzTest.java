// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// Targets for Jazzer. In an ordinary build each runs on the inputs that were kept; `-Pfuzz` looks
/// for new ones.
class DnsFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void anyOctetsAreAMessageOrAFault(FuzzedDataProvider data) {
        UnboundVectorsCorpusTest.checkPacket(data.consumeRemainingAsBytes());
    }

    @FuzzTest(maxDuration = "2m")
    void anyTextIsAZoneOrHasFaults(FuzzedDataProvider data) {
        HostileInputTest.read(data.consumeRemainingAsBytes());
    }
}
