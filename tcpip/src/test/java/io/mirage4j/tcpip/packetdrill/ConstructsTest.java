// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Constructs of packetdrill's language that the suites use little or not at all.
class ConstructsTest {
    private static final String ACCEPTED =
            """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            +0 bind(3, ..., ...) = 0
            +0 listen(3, 1) = 0
            +0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
            +0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
            +.02 < . 1:1(0) ack 1 win 257
            +0 accept(3, ..., ...) = 4
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Options that say how to end, and by which algorithm to send.
                """
                +0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0
                +0 close(4) = 0
                +0 > R. 1:1(0) ack 1
                """,
                """
                +0 setsockopt(4, IPPROTO_TCP, TCP_CONGESTION, "reno", 4) = 0
                +0 getsockopt(4, IPPROTO_TCP, TCP_CONGESTION, "reno", [16]) = 0
                +0 setsockopt(4, SOL_SOCKET, SO_PRIORITY, [5], 4) = 0
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                """,
                // Reading in pieces, a part, and what an interface tells of it.
                """
                +0 < P. 1:1001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 1001
                +0 readv(4, [{..., 300}, {..., 200}], 2) = 500
                +0 recv(4, ..., 100, MSG_PEEK) = 100
                +0 ioctl(4, SIOCINQ, [500]) = 0
                +0 recv(4, ..., 500, MSG_TRUNC) = 500
                +0 recv(4, ..., 1, MSG_DONTWAIT) = -1 EAGAIN (nothing there)
                """,
                // Python of more words, and comments of three kinds.
                """
                +0 write(4, /* within */
                         ...,
                         2000) = 2000 # behind
                +0 > P. 1:2001(2000) ack 1 // both segments
                +0 %{
                assert tcpi_unacked == 2 and not tcpi_lost, tcpi_unacked
                assert abs(tcpi_rtt - 20000) < 1500
                assert tcpi_snd_cwnd in (8, 10), 'of %d' % tcpi_snd_cwnd
                assert min(tcpi_snd_cwnd, 4, 7) == 4 and max(1, 2) == 2
                assert (tcpi_options & TCPI_OPT_SACK) != 0
                }%
                """,
                // A FIN ahead of a hole is reported with its data.
                """
                +0 < . 1001:2001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 1 <nop,nop,sack 1001:2001>
                +0 < F. 2001:2001(0) ack 1 win 257
                +0 > . 1:1(0) ack 1 <nop,nop,sack 1001:2002>
                +0 < . 1:1001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 2002
                +0 read(4, ..., 3000) = 2000
                +0 read(4, ..., 3000) = 0
                """,
                // Errors that only say that the way was bad for a moment.
                """
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                +.01 < icmp unreachable host_unreachable [1:1001(1000)]
                +.01 < icmp time_exceeded ttl [1:1001(1000)]
                +.01 < . 1:1(0) ack 1001 win 257
                +0 getsockopt(4, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
                """
            })
    void holds(String script) {
        PacketdrillLinuxCorpusTest.play(ACCEPTED + script);
    }

    private static final String LISTENING =
            """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            %s
            +0 bind(3, ..., ...) = 0
            +0 listen(3, 1) = 0
            +0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
            """;

    private static final String MSS_AND_SACK = "+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,";

    @Test
    void valuesInQuotationMarksAndProductsAreUnderstood() {
        PacketdrillLinuxCorpusTest.play(
                "`./defaults.sh\nsysctl -q net.ipv4.tcp_rmem=\"4096 87380 $((32*1024*1024))\"`\n"
                        + LISTENING.formatted("")
                        + MSS_AND_SACK
                        + "wscale 10>\n");
    }

    @Test
    void theLargestTimeoutIsSet() {
        String again = MSS_AND_SACK.replace("+0", "+1") + "wscale 8>\n";
        PacketdrillLinuxCorpusTest.play(
                "`./set_sysctls.py /proc/sys/net/ipv4/tcp_rto_max_ms=1000`\n"
                        + LISTENING.formatted("")
                        + MSS_AND_SACK
                        + "wscale 8>\n"
                        + again.repeat(3));
    }

    /// RFC 7323, 2.2: no larger than it takes to say how large the buffer is that was chosen.
    @Test
    void aChosenReceiveBufferDecidesTheScale() {
        PacketdrillLinuxCorpusTest.play(
                LISTENING.formatted("+0 setsockopt(3, SOL_SOCKET, SO_RCVBUF, [20000], 4) = 0")
                        + MSS_AND_SACK
                        + "wscale 0>\n");
    }

    /// RFC 9293, 3.7.1: what a path takes from us says nothing of what it brings.
    @Test
    void aNarrowPathOfAnEarlierConnectionDoesNotLessenWhatWeSayWeTake() {
        PacketdrillLinuxCorpusTest.play(
                "--ip_version=ipv4\n"
                        + ACCEPTED
                        + """
                        +0 write(4, ..., 1000) = 1000
                        +0 > P. 1:1001(1000) ack 1
                        +0 < icmp unreachable frag_needed mtu 700 [1:1001(1000)]
                        +0 > . 1:661(660) ack 1
                        +0 > P. 661:1001(340) ack 1
                        +0 < R. 1:1(0) ack 1001 win 0
                        +0 close(4) = 0
                        +0 < S 0:0(0) win 32792 <mss 1460,sackOK,nop,nop,nop,wscale 7>
                        +0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
                        """);
    }

    @Test
    void whatIsNotSoFails() {
        assertThatThrownBy(() -> PacketdrillLinuxCorpusTest.play(ACCEPTED + "+0 > . 1:1(0) ack 1"))
                .isInstanceOf(AssertionError.class);
    }
}
