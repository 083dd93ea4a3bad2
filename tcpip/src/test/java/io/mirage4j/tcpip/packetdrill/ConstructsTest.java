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
                """,
                // Who has written all may go on reading; who closes with something unread resets.
                """
                +0 shutdown(4, SHUT_WR) = 0
                +0 > F. 1:1(0) ack 1
                +0 write(4, ..., 1) = -1 EPIPE (Broken pipe)
                +.01 < . 1:1(0) ack 2 win 257
                +.01 < P. 1:11(10) ack 2 win 257
                +0 > . 2:2(0) ack 11
                +0 %{ assert tcpi_state == TCP_FIN_WAIT2, tcpi_state }%
                +0 close(4) = 0
                +0 > R. 2:2(0) ack 11
                """,
                // A window of nothing is asked for, at longer and longer intervals.
                """
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                +.02 < . 1:1(0) ack 1001 win 0
                +0 write(4, ..., 1000) = 1000
                +.2~+.3 > . 1000:1000(0) ack 1
                +.4~+.6 > . 1000:1000(0) ack 1
                +.01 < . 1:1(0) ack 1001 win 257
                +0 > P. 1001:2001(1000) ack 1
                """,
                // Whether the peer lives is asked after the time, and again.
                """
                +0 setsockopt(4, IPPROTO_TCP, TCP_KEEPIDLE, [5], 4) = 0
                +0 setsockopt(4, IPPROTO_TCP, TCP_KEEPINTVL, [2], 4) = 0
                +0 setsockopt(4, IPPROTO_TCP, TCP_KEEPCNT, [2], 4) = 0
                +0 setsockopt(4, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0
                +5 > . 0:0(0) ack 1
                +.01 < . 1:1(0) ack 1 win 257
                +5 > . 0:0(0) ack 1
                +2 > . 0:0(0) ack 1
                +2 > R. 1:1(0) ack 1
                +0 read(4, ..., 1000) = -1 ETIMEDOUT (Connection timed out)
                """,
                // The timeout doubles; the tail loss probe comes first.
                """
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                +.2~+.3 > P. 1:1001(1000) ack 1
                +.2~+.3 > P. 1:1001(1000) ack 1
                +.4~+.5 > P. 1:1001(1000) ack 1
                +.8~+1 > P. 1:1001(1000) ack 1
                +0 %{ assert tcpi_backoff == 3 and tcpi_ca_state == TCP_CA_Loss }%
                """,
                // The user's patience ends before the stack's.
                """
                +0 setsockopt(4, SOL_TCP, TCP_USER_TIMEOUT, [1000], 4) = 0
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                * > P. 1:1001(1000) ack 1
                * > P. 1:1001(1000) ack 1
                * > P. 1:1001(1000) ack 1
                +1 write(4, ..., 1000) = -1 ETIMEDOUT (Connection timed out)
                """,
                // What is lost goes again at once when later segments have arrived.
                """
                +0 write(4, ..., 4000) = 4000
                +0 > P. 1:4001(4000) ack 1
                +.02 < . 1:1(0) ack 1 win 257 <sack 1001:2001,nop,nop>
                +.001 < . 1:1(0) ack 1 win 257 <sack 1001:3001,nop,nop>
                +.001 < . 1:1(0) ack 1 win 257 <sack 1001:4001,nop,nop>
                +0 > . 1:1001(1000) ack 1
                +0 %{ assert tcpi_ca_state == TCP_CA_Recovery and tcpi_lost == 1, tcpi_ca_state }%
                +.02 < . 1:1(0) ack 4001 win 257
                +0 %{ assert tcpi_ca_state == TCP_CA_Open, tcpi_ca_state }%
                """,
                // Half of a corked segment waits, what a socket without delay has does not.
                """
                +0 setsockopt(4, SOL_TCP, TCP_CORK, [1], 4) = 0
                +0 write(4, ..., 400) = 400
                +0 ioctl(4, SIOCOUTQNSD, [400]) = 0
                +0 setsockopt(4, SOL_TCP, TCP_NODELAY, [1], 4) = 0
                +0 > P. 1:401(400) ack 1
                """,
                // RFC 2883: what came twice is reported first.
                """
                +0 < . 1:1001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 1001
                +0 < . 1:1001(1000) ack 1 win 257
                +0 > . 1:1(0) ack 1001 <nop,nop,sack 1:1001>
                """,
                // A retransmission that was not needed: the peer has the segment twice.
                """
                +0 write(4, ..., 2000) = 2000
                +0 > P. 1:2001(2000) ack 1
                +.02 < . 1:1(0) ack 1001 win 257
                +.2~+.3 > P. 1001:2001(1000) ack 1
                +.02 < . 1:1(0) ack 2001 win 257 <sack 1001:2001,nop,nop>
                +0 %{ assert tcpi_snd_cwnd >= 10 and tcpi_dsack_dups == 1, tcpi_snd_cwnd }%
                """,
                // Whoever polls for less than there is to come is told in time.
                """
                +0...0.05 poll([{fd=4, events=POLLIN, revents=0}], 1, 50) = 0
                +.1...0.15 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 1000) = 1
                +.05 < P. 1:11(10) ack 1 win 257
                +0 > . 1:1(0) ack 11
                +0 read(4, ..., 10) = 10
                +0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                +0 read(4, ..., 10) = -1 EAGAIN
                """,
                // epoll: once for an edge, as often as asked for a level.
                """
                +0 epoll_create(1) = 5
                +0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, fd=4}) = 0
                +0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0
                +0 < P. 1:11(10) ack 1 win 257
                +0 > . 1:1(0) ack 11
                +0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                +0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0
                +0 epoll_ctl(5, EPOLL_CTL_MOD, 4, {events=EPOLLIN, fd=4}) = 0
                +0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                +0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                +0 epoll_ctl(5, EPOLL_CTL_DEL, 4, NULL) = 0
                +0 epoll_ctl(5, EPOLL_CTL_DEL, 4, NULL) = -1 ENOENT
                """,
                // Both close at once.
                """
                +0 close(4) = 0
                +0 > F. 1:1(0) ack 1
                +0 < F. 1:1(0) ack 1 win 257
                +0 > . 2:2(0) ack 2
                +0 < . 2:2(0) ack 2 win 257
                """,
                // What comes when nobody is there any more is answered by a reset.
                """
                +0 close(4) = 0
                +0 > F. 1:1(0) ack 1
                +.01 < P. 1:101(100) ack 2 win 257
                +0 > R 2:2(0)
                """,
                // The timeout again, but what was sent first had only been late (F-RTO).
                """
                +0 write(4, ..., 4000) = 4000
                +0 > P. 1:4001(4000) ack 1
                * > P. 3001:4001(1000) ack 1
                * > . 1:1001(1000) ack 1
                +0 %{ assert tcpi_ca_state == TCP_CA_Loss, tcpi_ca_state }%
                +.01 < . 1:1(0) ack 2001 win 257
                +.01 < . 1:1(0) ack 4001 win 257
                +0 %{ assert tcpi_ca_state == TCP_CA_Open, tcpi_ca_state }%
                """,
                // What was not sent is not acknowledged, and says nothing.
                """
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1
                +.01 < . 1:1(0) ack 5001 win 257
                +.01 < . 1:1(0) ack 1001 win 257
                +0 %{ assert tcpi_unacked == 0 and tcpi_bytes_acked == 1000 }%
                """,
                // An edge of one kind is none of another.
                """
                +0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                +0 epoll_create(1) = 5
                +0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, fd=4}) = 0
                +0 < P. 1:11(10) ack 1 win 257
                +0 > . 1:1(0) ack 11
                +0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                +0 write(4, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 11
                +.01 < . 11:11(0) ack 1001 win 257
                +0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0
                +0 < P. 11:21(10) ack 1001 win 257
                +.04~+.05 > . 1001:1001(0) ack 21
                +0 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                """,
                // Nagle waits at the end of a record too.
                """
                +0 send(4, ..., 100, MSG_MORE) = 100
                +0 send(4, ..., 100, MSG_EOR) = 100
                +0 > P. 1:201(200) ack 1
                +0 send(4, ..., 100, 0) = 100
                +.02 < . 1:1(0) ack 201 win 257
                +0 > P. 201:301(100) ack 1
                """,
                // Options of a socket are remembered.
                """
                +0 setsockopt(4, SOL_TCP, TCP_LINGER2, [5], 4) = 0
                +0 getsockopt(4, SOL_TCP, TCP_LINGER2, [5], [4]) = 0
                +0 getsockopt(3, SOL_SOCKET, SO_ACCEPTCONN, [1], [4]) = 0
                +0 getsockopt(4, SOL_SOCKET, SO_TYPE, [1], [4]) = 0
                +0 shutdown(3, SHUT_WR) = 0
                +0 connect(4, ..., ...) = -1 EISCONN (it is)
                +0 accept(4, ..., ...) = -1 EINVAL (it does not listen)
                """
            })
    void holds(String script) {
        PacketdrillLinuxCorpusTest.play(ACCEPTED + script);
    }

    private static final String CONNECTING =
            """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
            +0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
            +0 > S 0:0(0) <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 8>
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Nobody listens there.
                """
                +.01 < R. 0:0(0) ack 1 win 0
                +0 poll([{fd=3, events=POLLOUT, revents=POLLOUT|POLLERR|POLLHUP}], 1, 0) = 1
                +0 getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0
                """,
                // The SYN again and again, each time twice as late.
                """
                +1 > S 0:0(0) <mss 1460,sackOK,TS val 1100 ecr 0,nop,wscale 8>
                +2 > S 0:0(0) <mss 1460,sackOK,TS val 3100 ecr 0,nop,wscale 8>
                +4 > S 0:0(0) <mss 1460,sackOK,TS val 7100 ecr 0,nop,wscale 8>
                +.01 < S. 0:0(0) ack 1 win 5792 <mss 1460,sackOK,TS val 700 ecr 7100,nop,wscale 7>
                +0 > . 1:1(0) ack 1 <nop,nop,TS val 7110 ecr 700>
                +0 %{ assert tcpi_state == TCP_ESTABLISHED and tcpi_snd_cwnd == 1, tcpi_snd_cwnd }%
                """,
                // A host that can not be reached, as ICMP says.
                """
                +.01 < icmp unreachable host_unreachable [0:0(0)]
                +0 getsockopt(3, SOL_SOCKET, SO_ERROR, [EHOSTUNREACH], [4]) = 0
                """,
                // Messages for which Linux has words of its own.
                """
                +.01 < icmp unreachable source_route_failed [0:0(0)]
                +0 getsockopt(3, SOL_SOCKET, SO_ERROR, [EOPNOTSUPP], [4]) = 0
                """,
                """
                +.01 < icmp parameter_problem [0:0(0)]
                +0 getsockopt(3, SOL_SOCKET, SO_ERROR, [EPROTO], [4]) = 0
                """,
                // Both connect at once.
                """
                +.01 < S 0:0(0) win 5792 <mss 1460,sackOK,TS val 700 ecr 0,nop,wscale 7>
                +0 > S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 110 ecr 700,nop,wscale 8>
                +.01 < . 1:1(0) ack 1 win 46 <nop,nop,TS val 720 ecr 110>
                +0 write(3, ..., 100) = 100
                +0 > P. 1:101(100) ack 1 <nop,nop,TS val 120 ecr 720>
                """,
                // Whoever gives up before there is an answer says nothing.
                """
                +0 close(3) = 0
                +.01 < S. 0:0(0) ack 1 win 5792 <mss 1460>
                +0 > R 1:1(0)
                """,
                // What a segment holds is what is left beside the options.
                """
                +.01 < S. 0:0(0) ack 1 win 5792 <mss 1000,sackOK,TS val 700 ecr 100,nop,wscale 7>
                +0 > . 1:1(0) ack 1 <nop,nop,TS val 110 ecr 700>
                +0 getsockopt(3, SOL_TCP, TCP_MAXSEG, [988], [4]) = 0
                +0 write(3, ..., 1000) = 1000
                +0 > P. 1:1001(1000) ack 1 <nop,nop,TS val 110 ecr 700>
                """
            })
    void connects(String script) {
        PacketdrillLinuxCorpusTest.play(CONNECTING + script);
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
