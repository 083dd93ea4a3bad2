// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Constructs of packetdrill's language that the suites use little or not at all.
class ConstructsTest {
    static final String ACCEPTED =
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
                """,
                // What is not copied is told when it is acknowledged, those in a row at once.
                """
                +0 setsockopt(4, SOL_SOCKET, SO_ZEROCOPY, [1], 4) = 0
                +0 send(4, ..., 1000, MSG_ZEROCOPY) = 1000
                +0 > P. 1:1001(1000) ack 1
                +0 recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 0}], msg_flags=MSG_ERRQUEUE,
                               msg_control=[]}, MSG_ERRQUEUE) = -1 EAGAIN
                +0 send(4, ..., 1000, MSG_ZEROCOPY) = 1000
                +0 > P. 1001:2001(1000) ack 1
                +.01 < . 1:1(0) ack 2001 win 257
                +0 poll([{fd=4, events=POLLIN, revents=POLLERR}], 1, 0) = 1
                +0 recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 0}], msg_flags=MSG_ERRQUEUE,
                     msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_RECVERR,
                        cmsg_data={ee_errno=0, ee_origin=SO_EE_ORIGIN_ZEROCOPY, ee_type=0,
                                   ee_code=SO_EE_CODE_ZEROCOPY_COPIED, ee_info=0, ee_data=1}}]},
                     MSG_ERRQUEUE) = 0
                """,
                // The octet that is urgent is not of the stream.
                """
                +0 < U. 1:101(100) ack 1 win 257 urg 50
                +0 > . 1:1(0) ack 101
                +0 read(4, ..., 1000) = 49
                +0 recv(4, ..., 1, MSG_OOB) = 1
                +0 read(4, ..., 1000) = 50
                """,
                // From a socket into a pipe, and back.
                """
                +0 pipe([5, 6]) = 0
                +0 < P. 1:1001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 1001
                +0 splice(4, NULL, 6, NULL, 600, SPLICE_F_NONBLOCK) = 600
                +0 splice(5, NULL, 4, NULL, 2000, 0) = 600
                +0 > P. 1:601(600) ack 1001
                """,
                // A read that waits for all, and one that does not wait for ever.
                """
                +0...0.2 recv(4, ..., 1500, MSG_WAITALL) = 1500
                +.1 < P. 1:1001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 1001
                +.1 < P. 1001:2001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 2001
                +0 setsockopt(4, SOL_SOCKET, SO_RCVTIMEO, {tv_sec=0, tv_usec=100000}, 16) = 0
                +0 read(4, ..., 1000) = 500
                +0...0.1 read(4, ..., 1000) = -1 EAGAIN (nothing in time)
                """,
                // Ways to write marks, and numbers with fractions.
                """
                +0 write(4, ..., 1000) = 1000
                +0 > [noecn, tos 0x0] P. 1:1001(1000) ack 1
                +.01 < [ttl 40] . 1:1(0) ack 1001 win 257
                +0 %{
                import math
                srtt = tcpi_rtt / 1000.0
                assert 10 < srtt < 20.5, srtt
                assert tcpi_snd_cwnd // 3 == 3 and tcpi_snd_cwnd % 3 == 1, tcpi_snd_cwnd
                assert 1 << 3 == 8 and 2 ** 10 == 1024 and True
                }%
                """
            })
    void holds(String script) {
        PacketdrillLinuxCorpusTest.play(ACCEPTED + script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The network is congested, and says so without a loss: RFC 3168.
                """
                `sysctl -q net.ipv4.tcp_ecn=1`
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 < [noecn] SEW 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
                +0 > [noecn] SE. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
                +.02 < [noecn] . 1:1(0) ack 1 win 257
                +0 accept(3, ..., ...) = 4
                +0 write(4, ..., 10000) = 10000
                +0 > [ect01] P. 1:10001(10000) ack 1
                +.02 < [noecn] E. 1:1(0) ack 2001 win 257
                +0 %{ assert tcpi_ca_state == TCP_CA_CWR and tcpi_snd_ssthresh == 7, tcpi_snd_ssthresh }%
                +.01 < [noecn] . 1:1(0) ack 10001 win 257
                +0 write(4, ..., 1000) = 1000
                +0 > [ect0] PW. 10001:11001(1000) ack 1
                +.01 < [ce] P. 1:101(100) ack 11001 win 257
                +0 > [noecn] E. 11001:11001(0) ack 101
                +.01 < [ect0] PW. 101:201(100) ack 11001 win 257
                +0 > [noecn] . 11001:11001(0) ack 201
                """,
                // The other version of IP, and what its messages are called.
                """
                --ip_version=ipv6
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                +0 connect(3, ..., ...) = -1 EINPROGRESS
                +0 > S 0:0(0) <mss 1440,sackOK,TS val 100 ecr 0,nop,wscale 8>
                +.01 < S. 0:0(0) ack 1 win 5792 <mss 1440,nop,nop,sackOK,nop,wscale 7>
                +0 > . 1:1(0) ack 1
                +0 write(3, ..., 1400) = 1400
                +0 > P. 1:1401(1400) ack 1
                +.01 < icmpv6 packet_too_big mtu 1280 [1:1401(1400)]
                +0 > . 1:1221(1220) ack 1
                +0 > P. 1221:1401(180) ack 1
                """,
                // A cookie of the key that is given, and data with the SYN of who brings it.
                """
                --define=KEY=00000000-00000000-00000000-00000000
                `sysctl -q net.ipv4.tcp_fastopen=3
                sysctl -q net.ipv4.tcp_fastopen_key=KEY`
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 setsockopt(3, SOL_TCP, TCP_FASTOPEN, [1], 4) = 0
                +0 < S 0:10(10) win 32792 <mss 1460,sackOK,nop,nop,FO TFO_COOKIE_ZERO,nop,nop>
                +0 > S. 0:0(0) ack 11 <mss 1460,nop,nop,sackOK>
                +0 accept(3, ..., ...) = 4
                +0 read(4, ..., 100) = 10
                +0 write(4, ..., 100) = 100
                +0 > P. 1:101(100) ack 11
                +.01 < . 11:11(0) ack 101 win 32792
                +0 %{ assert (tcpi_options & TCPI_OPT_SYN_DATA) != 0, tcpi_options }%
                """
            })
    void isPlayedAsAWhole(String script) {
        PacketdrillLinuxCorpusTest.play(script);
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
