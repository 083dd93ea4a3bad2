// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Linux does where the RFCs leave a choice, and what both do: scripts of ours.
class LinuxBehaviourTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
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
        PacketdrillLinuxCorpusTest.play(ConstructsTest.ACCEPTED + script);
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
}
