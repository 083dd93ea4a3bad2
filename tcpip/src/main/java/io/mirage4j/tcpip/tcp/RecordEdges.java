// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import java.util.Arrays;

/// The sequence numbers at which an application ended its records, ascending: no segment goes over
/// one.
final class RecordEdges {
    private int[] edges = new int[4];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    void add(int edge) {
        if (count > 0 && edges[count - 1] == edge) return;
        if (count == edges.length) {
            edges = Arrays.copyOf(edges, count * 2);
        }
        edges[count++] = edge;
    }

    /// The end of the record that `seq` is in, or `to` if that is before.
    int cut(int seq, int to) {
        for (int i = 0; i < count; i++) {
            if (SeqNum.after(edges[i], seq)) return SeqNum.min(edges[i], to);
        }
        return to;
    }

    /// Forgets what is acknowledged.
    void dropTo(int seq) {
        int gone = 0;
        while (gone < count && SeqNum.atMost(edges[gone], seq)) gone++;
        System.arraycopy(edges, gone, edges, 0, count - gone);
        count -= gone;
    }
}
