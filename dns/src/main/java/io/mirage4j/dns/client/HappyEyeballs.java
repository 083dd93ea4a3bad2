// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv6Address;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// When to try which address of a host, so that one that is out of reach costs a quarter of a
/// second and not half a minute (RFC 8305). A schedule only: whoever connects asks what is due, and
/// tells what came of it.
///
/// ```java
/// var eyeballs = new HappyEyeballs();
/// eyeballs.found(addresses, now);
/// while ((next = eyeballs.next(now)) != null) connectTo(next);   // and again at nextDeadline()
/// ```
///
/// The addresses come in the order of [AddressOrder], all at once or those of one version first:
/// those of IPv6 are waited for, for a moment.
public final class HappyEyeballs {
    /// How long IPv4 waits for the addresses of IPv6 (RFC 8305, 3).
    public static final long RESOLUTION_DELAY_NANOS = 50_000_000;

    /// How long an attempt goes on alone (RFC 8305, 5).
    public static final long ATTEMPT_DELAY_NANOS = 250_000_000;

    /// What [#nextDeadline] tells when there is nothing to wait for.
    public static final long NEVER = Long.MAX_VALUE;

    private final Deque<IpAddress> waiting = new ArrayDeque<>();
    private final Set<IpAddress> tried = new HashSet<>();
    private boolean complete;
    private boolean lastWasV6;
    private int running;
    private boolean isTimed;
    private long dueNanos;

    /// All addresses that are known by now, the best first. Those that were tried are passed over.
    public void found(List<IpAddress> sorted, long now) {
        List<IpAddress> fresh = new ArrayList<>(sorted);
        fresh.removeAll(tried);
        waiting.clear();
        waiting.addAll(interleaved(fresh));
        if (!tried.isEmpty() || sorted.isEmpty()) return;
        boolean hasV6 = sorted.stream().anyMatch(Ipv6Address.class::isInstance);
        if (hasV6 || complete) {
            dueNanos = now;
        } else if (!isTimed) {
            dueNanos = now + RESOLUTION_DELAY_NANOS;
        }
        isTimed = true;
    }

    /// No more addresses will come.
    public void complete(long now) {
        complete = true;
        if (tried.isEmpty()) {
            dueNanos = now;
        }
    }

    /// The versions in turn, each in its order, beginning with that of the first address, or with
    /// the one that was not tried last.
    private List<IpAddress> interleaved(List<IpAddress> sorted) {
        Deque<IpAddress> v6 = new ArrayDeque<>();
        Deque<IpAddress> v4 = new ArrayDeque<>();
        for (IpAddress address : sorted) (address instanceof Ipv6Address ? v6 : v4).add(address);
        List<IpAddress> order = new ArrayList<>();
        boolean isV6Turn =
                tried.isEmpty()
                        ? !sorted.isEmpty() && sorted.getFirst() instanceof Ipv6Address
                        : !lastWasV6;
        while (!v6.isEmpty() || !v4.isEmpty()) {
            IpAddress next = (isV6Turn ? v6 : v4).poll();
            if (next != null) {
                order.add(next);
            }
            isV6Turn = !isV6Turn;
        }
        return order;
    }

    /// The address to start connecting to now, beside those that are under way; null if none is
    /// due.
    public @Nullable IpAddress next(long now) {
        if (waiting.isEmpty() || now - dueNanos < 0) return null;
        IpAddress next = waiting.remove();
        tried.add(next);
        lastWasV6 = next instanceof Ipv6Address;
        running++;
        dueNanos = now + ATTEMPT_DELAY_NANOS;
        return next;
    }

    /// An attempt came to nothing: the next one need not wait.
    public void failed(long now) {
        running--;
        dueNanos = now;
    }

    /// When to ask for the [#next] one; [#NEVER] if it is only attempts, or addresses, that can be
    /// waited for.
    public long nextDeadline() {
        return waiting.isEmpty() ? NEVER : dueNanos;
    }

    /// Whether nothing was reached and nothing is left to try.
    public boolean isOver() {
        return complete && waiting.isEmpty() && running == 0;
    }
}
