// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;

/// All TCP connections and listeners of one host.
public final class TcpStack {
    private final SegmentSink sink;
    private final Entropy entropy;

    public TcpStack(SegmentSink sink, Entropy entropy) {
        this.sink = sink;
        this.entropy = entropy;
    }

    /// Takes the segment of `len` octets at `off`. The window and the envelope are valid until this
    /// returns. Whatever octets it has, this does not throw.
    public void receive(Envelope envelope, Cstruct buf, int off, int len, long nowNanos) {}

    /// Takes an ICMP error about a segment of ours. The addresses of the envelope are those of the
    /// quoted packet, so its source is ours; `off` is the first octet of the quoted TCP header, of
    /// which there are at least 8 octets. `mtu` counts for [IcmpError#TOO_BIG] only.
    public void error(
            Envelope envelope,
            IcmpError error,
            int mtu,
            Cstruct quoted,
            int off,
            int len,
            long nowNanos) {}

    /// Does what is due by now.
    public void advance(long nowNanos) {}

    /// The device has room again after [SegmentSink#slot] had none.
    public void resume(long nowNanos) {}

    /// When [#advance] has something to do next; [Engine#NEVER] if nothing is planned.
    public long nextDeadline() {
        return Engine.NEVER;
    }
}
