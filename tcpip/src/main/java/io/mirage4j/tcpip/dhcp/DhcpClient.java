// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.dhcp;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The client of DHCPv4: asks for an address, keeps it, gives it back (RFC 2131, 4.4).
///
/// ```
/// INIT -- discover --> SELECTING -- offer, request --> REQUESTING -- ack --> BOUND
///   ^                                                      | nak               | T1
///   |<-----------------------------------------------------+                   v
///   |<------------- nak, or the lease ends ------ REBINDING <-- T2 -- RENEWING
/// ```
public final class DhcpClient {
    public enum State {
        STOPPED,
        INIT,
        SELECTING,
        REQUESTING,
        BOUND,
        RENEWING,
        REBINDING
    }

    /// Who runs the client: what it sends, and what it found.
    public interface Host {
        /// Sends a message to the server's port: of one server, or of all if `server` is
        /// unspecified.
        void send(DhcpMessage message, Ipv4Address server, long nowNanos);

        /// There is a lease, or it says something new.
        void leased(Lease lease, long nowNanos);

        /// The address may not be used any more.
        void lost(Lease lease, long nowNanos);
    }

    private static final int DISCOVER = 1;
    private static final int OFFER = 2;
    private static final int REQUEST = 3;
    private static final int DECLINE = 4;
    private static final int ACK = 5;
    private static final int NAK = 6;
    private static final int RELEASE = 7;

    private static final long SECOND = 1_000_000_000;

    /// RFC 2131, 4.1: 4, 8, 16, 32, 64 seconds, each a second more or less.
    private static final long FIRST_WAIT = 4 * SECOND;

    private static final long LONGEST_WAIT = 64 * SECOND;
    private static final int REQUEST_TRIES = 4;

    /// RFC 2131, 3.1 (5): not at once, or two hosts quarrel for ever.
    private static final long WAIT_AFTER_DECLINE = 10 * SECOND;

    /// RFC 2131, 4.4.5.
    private static final long LEAST_RENEWAL_WAIT = 60 * SECOND;

    private final long mac;
    private final String hostName;
    private final Entropy entropy;
    private final Host host;

    private State state = State.STOPPED;
    private long deadline = Engine.NEVER;
    private int transaction;
    private long began;
    private long wait;
    private int tries;
    private @Nullable DhcpMessage offer;
    private @Nullable Lease lease;
    private long renewAt;
    private long rebindAt;
    private long endAt;

    public DhcpClient(long mac, String hostName, Entropy entropy, Host host) {
        this.mac = mac;
        this.hostName = hostName;
        this.entropy = entropy;
        this.host = host;
    }

    public State state() {
        return state;
    }

    public @Nullable Lease lease() {
        return lease;
    }

    public long nextDeadline() {
        return deadline;
    }

    public void start(long nowNanos) {
        state = State.INIT;
        deadline = nowNanos;
    }

    /// Gives the address back.
    public void stop(long nowNanos) {
        Lease held = lease;
        if (held != null) {
            host.send(
                    message(
                            RELEASE,
                            nowNanos,
                            address(held),
                            DhcpOption.of(DhcpOption.SERVER_IDENTIFIER, held.server())),
                    held.server(),
                    nowNanos);
            forget(nowNanos);
        }
        state = State.STOPPED;
        deadline = Engine.NEVER;
    }

    /// Somebody else has the address (RFC 2131, 4.4.4).
    public void decline(long nowNanos) {
        Lease held = lease;
        if (held == null) return;
        host.send(
                message(
                        DECLINE,
                        nowNanos,
                        Ipv4Address.UNSPECIFIED,
                        DhcpOption.of(DhcpOption.REQUESTED_ADDRESS, address(held)),
                        DhcpOption.of(DhcpOption.SERVER_IDENTIFIER, held.server())),
                Ipv4Address.UNSPECIFIED,
                nowNanos);
        forget(nowNanos);
        state = State.INIT;
        deadline = nowNanos + WAIT_AFTER_DECLINE;
    }

    private void forget(long now) {
        Lease held = lease;
        lease = null;
        if (held != null) {
            host.lost(held, now);
        }
    }

    public void advance(long nowNanos) {
        if (deadline > nowNanos) return;
        switch (state) {
            case STOPPED -> deadline = Engine.NEVER;
            case INIT -> discover(nowNanos);
            case SELECTING -> {
                sendDiscover(nowNanos);
                backOff(nowNanos);
            }
            case REQUESTING -> {
                if (++tries > REQUEST_TRIES) {
                    discover(nowNanos);
                } else {
                    sendRequest(nowNanos);
                    backOff(nowNanos);
                }
            }
            case BOUND, RENEWING, REBINDING -> renew(nowNanos);
        }
    }

    private void discover(long now) {
        state = State.SELECTING;
        transaction = (int) entropy.nextLong();
        began = now;
        wait = FIRST_WAIT;
        offer = null;
        sendDiscover(now);
        backOff(now);
    }

    private void backOff(long now) {
        long jitter = Long.remainderUnsigned(entropy.nextLong(), 2 * SECOND) - SECOND;
        deadline = now + wait + jitter;
        wait = Math.min(2 * wait, LONGEST_WAIT);
    }

    private void sendDiscover(long now) {
        host.send(message(DISCOVER, now, Ipv4Address.UNSPECIFIED), Ipv4Address.UNSPECIFIED, now);
    }

    private void sendRequest(long now) {
        DhcpMessage chosen = offer;
        if (chosen == null) return;
        ReadOnlyCstruct server = chosen.option(DhcpOption.SERVER_IDENTIFIER);
        if (server == null) return;
        host.send(
                message(
                        REQUEST,
                        now,
                        Ipv4Address.UNSPECIFIED,
                        DhcpOption.of(DhcpOption.REQUESTED_ADDRESS, chosen.yourAddress()),
                        new DhcpOption(DhcpOption.SERVER_IDENTIFIER, server)),
                Ipv4Address.UNSPECIFIED,
                now);
    }

    /// BOUND, RENEWING, REBINDING: RFC 2131, 4.4.5.
    private void renew(long now) {
        Lease held = lease;
        if (held == null || now >= endAt) {
            forget(now);
            discover(now);
            return;
        }
        if (state == State.BOUND) {
            transaction = (int) entropy.nextLong();
            began = now;
        }
        boolean rebinding = now >= rebindAt;
        state = rebinding ? State.REBINDING : State.RENEWING;
        host.send(
                message(REQUEST, now, address(held)),
                rebinding ? Ipv4Address.UNSPECIFIED : held.server(),
                now);
        long until = rebinding ? endAt : rebindAt;
        deadline = Math.min(until, now + Math.max(LEAST_RENEWAL_WAIT, (until - now) / 2));
    }

    /// Takes what came to the client's port, without the UDP header.
    public Verdict receive(ReadOnlyCstruct buf, int off, int len, long nowNanos) {
        return switch (DhcpMessage.parse(buf, off, len)) {
            case Decoded.Refused<DhcpMessage>(Verdict verdict) -> verdict;
            case Decoded.Whole<DhcpMessage>(DhcpMessage message) -> receive(message, nowNanos);
        };
    }

    private Verdict receive(DhcpMessage message, long now) {
        ReadOnlyCstruct type = message.option(DhcpOption.MESSAGE_TYPE);
        if (message.operation() != DhcpMessage.REPLY
                || message.transaction() != transaction
                || message.hardware().u48be(0) != mac
                || type == null
                || type.length() != 1) {
            return Verdict.DHCP_NOBODY_ASKED;
        }
        return switch (type.u8(0)) {
            case OFFER -> offered(message, now);
            case ACK -> acknowledged(message, now);
            case NAK -> refused(message, now);
            default -> Verdict.DHCP_NOBODY_ASKED;
        };
    }

    /// The first offer is taken: who waits for a better one makes everybody wait.
    private Verdict offered(DhcpMessage message, long now) {
        ReadOnlyCstruct server = message.option(DhcpOption.SERVER_IDENTIFIER);
        if (state != State.SELECTING) return Verdict.DHCP_NOBODY_ASKED;
        if (server == null || server.length() != 4 || message.yourAddress().isUnspecified()) {
            return Verdict.DHCP_MALFORMED;
        }
        offer = message;
        state = State.REQUESTING;
        tries = 1;
        wait = FIRST_WAIT;
        sendRequest(now);
        backOff(now);
        return Verdict.OK;
    }

    private Verdict acknowledged(DhcpMessage message, long now) {
        if (state != State.REQUESTING && state != State.RENEWING && state != State.REBINDING) {
            return Verdict.DHCP_NOBODY_ASKED;
        }
        return switch (Lease.of(message)) {
            case Decoded.Refused<Lease>(Verdict verdict) -> verdict;
            case Decoded.Whole<Lease>(Lease given) -> {
                Lease before = lease;
                if (before != null && !before.address().equals(given.address())) {
                    forget(now);
                }
                lease = given;
                offer = null;
                state = State.BOUND;
                // RFC 2131, 4.4.1: times count from when we asked.
                boolean forEver = given.isForEver();
                endAt = forEver ? Engine.NEVER : after(given.seconds(), now);
                renewAt = forEver ? Engine.NEVER : after(given.renewalSeconds(), now);
                rebindAt = forEver ? Engine.NEVER : after(given.rebindingSeconds(), now);
                deadline = renewAt;
                host.leased(given, now);
                yield Verdict.OK;
            }
        };
    }

    private static long after(int seconds, long now) {
        // A lease of no time would have us ask for ever, as fast as we can.
        return now + Math.max(1, Integer.toUnsignedLong(seconds)) * SECOND;
    }

    private Verdict refused(DhcpMessage message, long now) {
        if (state != State.REQUESTING && state != State.RENEWING && state != State.REBINDING) {
            return Verdict.DHCP_NOBODY_ASKED;
        }
        // Only who made the offer may take it back; a lease, whoever knows the network.
        DhcpMessage chosen = offer;
        if (state == State.REQUESTING
                && chosen != null
                && !Objects.equals(
                        chosen.option(DhcpOption.SERVER_IDENTIFIER),
                        message.option(DhcpOption.SERVER_IDENTIFIER))) {
            return Verdict.DHCP_NOBODY_ASKED;
        }
        forget(now);
        state = State.INIT;
        deadline = now + SECOND;
        return Verdict.OK;
    }

    private static Ipv4Address address(Lease lease) {
        return (Ipv4Address) lease.address().address();
    }

    private DhcpMessage message(int type, long now, Ipv4Address ours, DhcpOption... more) {
        List<DhcpOption> options = new ArrayList<>();
        options.add(DhcpOption.ofU8(DhcpOption.MESSAGE_TYPE, type));
        options.addAll(List.of(more));
        options.add(
                DhcpOption.ofU8(
                        DhcpOption.CLIENT_IDENTIFIER,
                        1,
                        (int) (mac >>> 40),
                        (int) (mac >>> 32),
                        (int) (mac >>> 24),
                        (int) (mac >>> 16),
                        (int) (mac >>> 8),
                        (int) mac));
        if (type == DISCOVER || type == REQUEST) {
            options.add(DhcpOption.ofU16(DhcpOption.MAX_MESSAGE_SIZE, 1472));
            if (!hostName.isEmpty()) {
                options.add(DhcpOption.of(DhcpOption.HOST_NAME, hostName));
            }
            options.add(
                    DhcpOption.ofU8(
                            DhcpOption.PARAMETER_REQUEST_LIST,
                            DhcpOption.SUBNET_MASK,
                            DhcpOption.CLASSLESS_ROUTES,
                            DhcpOption.ROUTER,
                            DhcpOption.NAME_SERVER,
                            DhcpOption.DOMAIN_NAME,
                            DhcpOption.MTU,
                            DhcpOption.RENEWAL_TIME,
                            DhcpOption.REBINDING_TIME));
        }
        long elapsed = (now - began) / SECOND;
        return DhcpMessage.fromClient(mac, transaction, (int) elapsed, ours, options);
    }
}
