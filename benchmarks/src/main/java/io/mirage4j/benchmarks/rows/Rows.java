// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Row;

import java.util.List;
import java.util.stream.Stream;

/// Every row there is, in the order in which they run. A module's rows are added here.
public final class Rows {
    public static List<Row> all() {
        return Stream.of(
                        CstructRows.rows(),
                        CstructPeerRows.rows(),
                        RingRows.rows(),
                        UriRows.rows(),
                        CrunchRows.rows(),
                        PlatformHostRows.rows(),
                        HttpRows.rows(),
                        DnsRows.rows(),
                        TcpRows.rows(),
                        UnikernelRows.rows(),
                        DnsServerRows.rows())
                .flatMap(List::stream)
                .toList();
    }

    private Rows() {}
}
