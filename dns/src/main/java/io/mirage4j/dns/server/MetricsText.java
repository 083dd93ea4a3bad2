// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;

import java.util.List;
import java.util.function.ToLongFunction;

/// What several responders did, together, as a text that Prometheus and others read.
///
/// ```
/// # TYPE dns_answers_total counter
/// dns_answers_total{rcode="NOERROR"} 4711
/// ```
public final class MetricsText {
    private final StringBuilder out = new StringBuilder();
    private final List<Counters> counters;

    private MetricsText(List<Counters> counters) {
        this.counters = List.copyOf(counters);
    }

    /// One text of all.
    public static String of(List<Counters> counters) {
        return new MetricsText(counters).text();
    }

    private String text() {
        head("dns_answers_total", "Answers by result.");
        for (int rcode = 0; rcode < Counters.RCODES; rcode++) {
            int one = rcode;
            long count = sum(each -> each.answers(one));
            if (count > 0) {
                line("dns_answers_total", "rcode", Rcode.name(rcode), count);
            }
        }
        head("dns_questions_total", "Questions that were answered, by type.");
        for (int type = 0; type <= Counters.TYPES; type++) {
            int one = type;
            long count = sum(each -> each.answersAbout(one));
            String name = type < Counters.TYPES ? RrType.name(type) : "other";
            if (count > 0) {
                line("dns_questions_total", "type", name, count);
            }
        }
        head("dns_transport_total", "Answers by how they went.");
        line("dns_transport_total", "transport", "udp", sum(Counters::answersAsDatagrams));
        line("dns_transport_total", "transport", "tcp", sum(Counters::answersOverStreams));
        plain("dns_dropped_total", "Requests that no answer was given to.", Counters::dropped);
        plain("dns_limited_total", "Answers held back by the rate limit.", Counters::limited);
        plain("dns_slipped_total", "Answers cut by the rate limit.", Counters::slipped);
        plain("dns_truncated_total", "Answers that did not fit.", Counters::truncated);
        plain("dns_bad_cookies_total", "Cookies that were not good.", Counters::badCookies);
        return out.toString();
    }

    private long sum(ToLongFunction<Counters> count) {
        return counters.stream().mapToLong(count).sum();
    }

    private void head(String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" counter\n");
    }

    private void line(String name, String label, String value, long count) {
        out.append(name).append('{').append(label).append("=\"").append(value).append("\"} ");
        out.append(count).append('\n');
    }

    private void plain(String name, String help, ToLongFunction<Counters> count) {
        head(name, help);
        out.append(name).append(' ').append(sum(count)).append('\n');
    }
}
