// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class MetricsTextTest {
    @Test
    void countsOfAllRespondersAreOneText() {
        var one = new Counters();
        var other = new Counters();
        for (Counters counters : List.of(one, other)) {
            counters.answer(3);
            counters.asked(28);
            counters.sent(false);
        }
        other.answer(0);
        other.asked(65_280);
        other.sent(true);
        other.drop();
        assertThat(MetricsText.of(List.of(one, other)))
                .startsWith("# HELP dns_answers_total Answers by result.\n# TYPE")
                .contains("\ndns_answers_total{rcode=\"NOERROR\"} 1\n")
                .contains("\ndns_answers_total{rcode=\"NXDOMAIN\"} 2\n")
                .contains("\ndns_questions_total{type=\"AAAA\"} 2\n")
                .contains("\ndns_questions_total{type=\"other\"} 1\n")
                .contains("\ndns_transport_total{transport=\"udp\"} 2\n")
                .contains("\ndns_transport_total{transport=\"tcp\"} 1\n")
                .endsWith("\ndns_bad_cookies_total 0\n");
    }
}
