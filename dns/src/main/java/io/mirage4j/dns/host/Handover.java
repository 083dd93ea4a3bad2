// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Flow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// Hands updates on to primaries (RFC 2136, 6), octet by octet, each on a stream of its own: the
/// first primary that can be reached makes it. One that was reached and does not answer is the last
/// that is asked, since it may have made it.
final class Handover {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Connector connector;
    private final List<Peer> primaries;
    private final Clock clock;

    Handover(Connector connector, List<Peer> primaries, Clock clock) {
        this.connector = connector;
        this.primaries = List.copyOf(primaries);
        this.clock = clock;
    }

    /// The answer, or null. Blocks.
    @Nullable ReadOnlyCstruct exchange(ReadOnlyCstruct request) {
        for (Peer primary : primaries) {
            Flow flow;
            try {
                long deadline = clock.nanoTime() + PATIENCE_NANOS;
                flow = Connecting.start(connector, primary.endpoint()).await(clock, deadline);
            } catch (IOException e) {
                continue;
            }
            try (flow) {
                return exchange(flow, request);
            } catch (IOException e) {
                flow.abort();
                return null;
            }
        }
        return null;
    }

    private static @Nullable ReadOnlyCstruct exchange(Flow flow, ReadOnlyCstruct request)
            throws IOException {
        flow.readTimeout(PATIENCE_NANOS);
        var messages = new FramedMessages(flow);
        messages.write(request);
        Cstruct answer = messages.read();
        boolean ours =
                answer.length() >= HeaderWire.LENGTH
                        && HeaderWire.id(answer) == HeaderWire.id(request)
                        && (HeaderWire.flags(answer) & HeaderWire.QR) != 0;
        return ours ? answer.readOnly() : null;
    }
}
