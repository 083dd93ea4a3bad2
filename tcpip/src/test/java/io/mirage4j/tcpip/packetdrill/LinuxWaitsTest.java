// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long Linux waits, for whom, and what it says when it has waited long enough: scripts of
/// ours.
class LinuxWaitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // What ICMP has said is why nothing came.
                """
                `sysctl -q net.ipv4.tcp_retries2=2`
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                +0 < icmp unreachable host_unreachable [1:1001(1000)]
                +20 read(4, ..., 1000) = -1 EHOSTUNREACH (no way)
                """,
                // But not once the peer was heard again.
                """
                `sysctl -q net.ipv4.tcp_retries2=2`
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                +0 < icmp unreachable host_unreachable [1:1001(1000)]
                +.01 < . 1:1(0) ack 1001 win 257
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1001:2001(1000) ack 1
                +20 read(4, ..., 1000) = -1 ETIMEDOUT (nobody there)
                """,
                // Nobody waits for the peer to close.
                """
                +0 setsockopt(4, SOL_TCP, TCP_LINGER2, [-1], 4) = 0
                +0 close(4) = 0
                +0 > F. 1:1(0) ack 1
                +.01 < . 1:1(0) ack 2 win 257
                +0 > R. 2:2(0) ack 1
                """,
                // A few octets are not worth waking up for.
                """
                +0 setsockopt(4, SOL_SOCKET, SO_RCVLOWAT, [1500], 4) = 0
                +0...0.05 read(4, ..., 4000) = 2000
                +.02 < P. 1:1001(1000) ack 1 win 257
                * > . 1:1(0) ack 1001
                +0 poll([{fd=4, events=POLLIN, revents=0}], 1, 0) = 0
                +.03 < P. 1001:2001(1000) ack 1 win 257
                * > . 1:1(0) ack 2001
                """,
                // A window that shuts without news is shut.
                """
                +.01 < . 1:1(0) ack 1 win 0
                +0 write(4, ..., 1000) = 1000
                +.1 %{ assert 90000 < tcpi_rwnd_limited < 130000, tcpi_rwnd_limited }%
                +.05 < . 1:1(0) ack 1 win 257
                +0 > P. 1:1001(1000) ack 1
                """,
                // An original that came late tells that the timeout was for nothing.
                """
                +0 write(4, ..., 10000) = 10000
                +0 > P. 1:10001(10000) ack 1
                * > P. 9001:10001(1000) ack 1
                * > . 1:1001(1000) ack 1
                +0 %{ assert tcpi_ca_state == TCP_CA_Loss and tcpi_total_rto == 1 }%
                +.01 < . 1:1(0) ack 3001 win 257
                +0 %{ assert tcpi_ca_state == TCP_CA_Open, tcpi_ca_state }%
                """,
                // The path as far as it is known.
                """
                +0 write(4, ..., 2000) = 2000
                +0 > P. 1:2001(2000) ack 1
                +0 < icmp unreachable frag_needed mtu 540 [1:1001(1000)]
                +0 > . 1:501(500) ack 1
                +0 getsockopt(4, SOL_IP, IP_MTU, [540], [4]) = 0
                """,
                // TIME-WAIT is no state of a socket.
                """
                +0 shutdown(4, SHUT_RDWR) = 0
                +0 > F. 1:1(0) ack 1
                +.02 < F. 1:1(0) ack 2 win 257
                +0 > . 2:2(0) ack 2
                +0 %{ assert tcpi_state == TCP_CLOSE, tcpi_state }%
                +0 shutdown(4, SHUT_WR) = -1 ENOTCONN (it was)
                """,
                // The second piece of what was written waits until a third of the window is free.
                """
                `sysctl -q net.ipv4.tcp_min_tso_segs=10`
                +0 setsockopt(4, SOL_SOCKET, SO_SNDBUF, [100000], 4) = 0
                +0 write(4, ..., 48000) = 48000
                +0 > P. 1:10001(10000) ack 1
                +.02 < . 1:1(0) ack 10001 win 257
                +0 > P. 10001:30001(20000) ack 1
                +.02 < . 1:1(0) ack 17001 win 257
                +0 > P. 30001:42001(12000) ack 1
                +0 %{ assert tcpi_snd_cwnd == 27 and tcpi_unacked == 25, tcpi_unacked }%
                """
            })
    void holds(String script) {
        PacketdrillLinuxCorpusTest.play(ConstructsTest.ACCEPTED + script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Nobody waits who said so when the socket was made.
                """
                0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 5) = 0
                +0 accept(3, ..., ...) = -1 EAGAIN (nobody there)
                +0 < S 0:0(0) win 20000 <mss 1460>
                +0 > S. 0:0(0) ack 1 <mss 1460>
                +.01 < . 1:1(0) ack 1 win 20000
                +0 accept4(3, ..., ..., SOCK_NONBLOCK) = 4
                +0 read(4, ..., 100) = -1 EAGAIN (nothing there)
                +0 setsockopt(4, SOL_TCP, TCP_CONGESTION, "nonsense", 8) = -1 ENOENT (no)
                +0 setsockopt(4, SOL_TCP, TCP_KEEPIDLE, [0], 4) = -1 EINVAL (no)
                """,
                // A SYN that comes again is answered again, and the wait begins anew.
                """
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 20000 <mss 1460>
                +0 > S. 0:0(0) ack 1 <mss 1460>
                +.1 < S 0:0(0) win 20000 <mss 1460>
                +0 > S. 0:0(0) ack 1 <mss 1460>
                +1 > S. 0:0(0) ack 1 <mss 1460>
                """,
                // A listener that waits for data.
                """
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                +0 setsockopt(3, SOL_TCP, TCP_DEFER_ACCEPT, [5], 4) = 0
                +0 getsockopt(3, SOL_TCP, TCP_DEFER_ACCEPT, [7], [4]) = 0
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 32792 <mss 1000>
                +0 > S. 0:0(0) ack 1 <mss 1460>
                +.02 < . 1:1(0) ack 1 win 257
                +0 accept(3, ..., ...) = -1 EAGAIN (no data yet)
                +.5 < P. 1:101(100) ack 1 win 257
                +0 > . 1:1(0) ack 101
                +0 accept(3, ..., ...) = 4
                +0 read(4, ..., 1000) = 100
                """,
                // And asks once more before it gives in.
                """
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 setsockopt(3, SOL_TCP, TCP_DEFER_ACCEPT, [3], 4) = 0
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                0 < S 0:0(0) win 32792 <mss 1000>
                0 > S. 0:0(0) ack 1 <mss 1460>
                .02 < . 1:1(0) ack 1 win 257
                3 > S. 0:0(0) ack 1 <mss 1460>
                3.02 < . 1:1(0) ack 1 win 257
                3.02 accept(3, ..., ...) = 4
                """,
                // What came by a cookie does not wait.
                """
                `sysctl -q net.ipv4.tcp_syncookies=2`
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 setsockopt(3, SOL_TCP, TCP_DEFER_ACCEPT, [5], 4) = 0
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 20000 <mss 1460>
                +0 > S. 0:0(0) ack 1 <mss 1460>
                +.1 < . 1:1(0) ack 1 win 2000
                +0 accept(3, ..., ...) = 4
                """,
                // Whoever connects waits no longer than the program does.
                """
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 setsockopt(3, SOL_TCP, TCP_USER_TIMEOUT, [3000], 4) = 0
                +0...3 connect(3, ..., ...) = -1 ETIMEDOUT (nobody there)
                +0 > S 0:0(0) <mss 1460,sackOK,TS val 0 ecr 0,nop,wscale 8>
                +1 > S 0:0(0) <mss 1460,sackOK,TS val 1000 ecr 0,nop,wscale 8>
                """,
                // More segments at first, by a route whose word is cut short.
                """
                `ip ro change 192.0.2.1 via 192.168.0.2 dev tun0 initcwnd 20`
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 65535 <mss 1000,sackOK,nop,nop,nop,wscale 7>
                +0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
                +.1 < . 1:1(0) ack 1 win 65535
                +0 accept(3, ..., ...) = 4
                +0 %{ assert tcpi_snd_cwnd == 20, tcpi_snd_cwnd }%
                """
            })
    void holdsFromTheBeginning(String script) {
        PacketdrillLinuxCorpusTest.play(script);
    }

    private static final String SHUT =
            ConstructsTest.ACCEPTED
                    + """
                    +0 write(4, ..., 1000) = 1000
                    +0 > P. 1:1001(1000) ack 1
                    +.02 < . 1:1(0) ack 1001 win 0
                    +0 write(4, ..., 1000) = 1000
                    """;

    private static final String PROBED =
            """
            * > . 1000:1000(0) ack 1
            +.01 < . 1:1(0) ack 1001 win 0
            """;

    /// RFC 9293, 3.8.6.1: as long as the peer answers.
    @Test
    void aShutWindowIsWaitedForWithoutEnd() {
        PacketdrillLinuxCorpusTest.play(
                SHUT
                        + PROBED.repeat(30)
                        + """
                        +.01 < . 1:1(0) ack 1001 win 257
                        +0 > P. 1001:2001(1000) ack 1
                        """);
    }

    @Test
    void nobodyWaitsForAShutWindowAfterItWasClosed() {
        PacketdrillLinuxCorpusTest.play(
                SHUT
                        + "+0 close(4) = 0\n"
                        + PROBED.repeat(10)
                        + """
                        +300 < . 1:1(0) ack 1001 win 257
                        +0 > R 1001:1001(0)
                        """);
    }
}
