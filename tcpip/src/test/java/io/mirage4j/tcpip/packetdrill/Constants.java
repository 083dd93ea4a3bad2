// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names that scripts use for numbers.
final class Constants {
    private static final Map<String, Long> VALUES = new HashMap<>();

    static {
        flags("O_RDONLY 0 O_RDWR 2 O_NONBLOCK 0x800");
        flags("MSG_PEEK 2 MSG_DONTWAIT 0x40 MSG_MORE 0x8000 MSG_NOSIGNAL 0x4000 MSG_EOR 0x80");
        flags("MSG_FASTOPEN 0x20000000 MSG_ZEROCOPY 0x4000000 MSG_ERRQUEUE 0x2000 MSG_TRUNC 0x20");
        flags("MSG_OOB 1 MSG_WAITALL 0x100");
        flags("SHUT_RD 0 SHUT_WR 1 SHUT_RDWR 2");
        flags("POLLIN 1 POLLOUT 4 POLLERR 8 POLLHUP 16 POLLRDHUP 0x2000 POLLPRI 2");
        flags("EPOLLIN 1 EPOLLOUT 4 EPOLLERR 8 EPOLLHUP 16 EPOLLRDHUP 0x2000");
        flags("EPOLLET 0x80000000 EPOLLONESHOT 0x40000000 EPOLLEXCLUSIVE 0x10000000");
        flags("EPOLL_CTL_ADD 1 EPOLL_CTL_DEL 2 EPOLL_CTL_MOD 3");
        flags("TCP_CA_Open 0 TCP_CA_Disorder 1 TCP_CA_CWR 2 TCP_CA_Recovery 3 TCP_CA_Loss 4");
        flags("SO_EE_ORIGIN_ICMP 2 SO_EE_ORIGIN_TIMESTAMPING 4 SO_EE_ORIGIN_ZEROCOPY 5");
        flags("SO_EE_CODE_ZEROCOPY_COPIED 1 SCM_TSTAMP_SND 0 SCM_TSTAMP_SCHED 1 SCM_TSTAMP_ACK 2");
        flags("SOF_TIMESTAMPING_TX_HARDWARE 1 SOF_TIMESTAMPING_TX_SOFTWARE 2");
        flags("SOF_TIMESTAMPING_RX_HARDWARE 4 SOF_TIMESTAMPING_RX_SOFTWARE 8");
        flags("SOF_TIMESTAMPING_SOFTWARE 16 SOF_TIMESTAMPING_OPT_ID 0x80");
        flags("SOF_TIMESTAMPING_TX_SCHED 0x100 SOF_TIMESTAMPING_TX_ACK 0x200");
        flags("SOF_TIMESTAMPING_OPT_CMSG 0x400 SOF_TIMESTAMPING_OPT_TSONLY 0x800");
        flags(
                "SPLICE_F_MOVE 1 SPLICE_F_NONBLOCK 2 SPLICE_F_MORE 4 TCP_INFINITE_SSTHRESH 0x7fffffff");
        flags("TCPI_OPT_TIMESTAMPS 1 TCPI_OPT_SACK 2 TCPI_OPT_WSCALE 4 TCPI_OPT_ECN 8");
        flags("TCPI_OPT_ECN_SEEN 16 TCPI_OPT_SYN_DATA 32");
        states("ESTABLISHED", 1, "SYN_SENT", 2, "SYN_RECV", 3, "SYN_RECEIVED", 3);
        states("FIN_WAIT1", 4, "FIN_WAIT_1", 4, "FIN_WAIT2", 5, "FIN_WAIT_2", 5);
        states("TIME_WAIT", 6, "CLOSE", 7, "CLOSED", 7, "CLOSE_WAIT", 8, "LAST_ACK", 9);
        states("LISTEN", 10, "CLOSING", 11);
        flags("IPTOS_DSCP_CS1 0x20 IPTOS_DSCP_CS2 0x40 IPTOS_DSCP_CS3 0x60 IPTOS_DSCP_CS4 0x80");
        flags("IPTOS_DSCP_CS5 0xa0 IPTOS_DSCP_CS6 0xc0 IPTOS_DSCP_CS7 0xe0");
        flags("IP_PMTUDISC_DONT 0 IP_PMTUDISC_WANT 1 IP_PMTUDISC_DO 2");
    }

    private static void flags(String pairs) {
        String[] words = pairs.split(" ");
        for (int i = 0; i < words.length; i += 2) VALUES.put(words[i], Long.decode(words[i + 1]));
    }

    private static void states(Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            for (String prefix : List.of("TCP_", "TCPI_")) {
                VALUES.put(prefix + pairs[i], Long.valueOf((Integer) pairs[i + 1]));
            }
        }
    }

    static Long find(String name) {
        return VALUES.get(name);
    }

    static long value(Script.Value value) {
        return switch (value) {
            case Script.Num n -> n.value();
            case Script.Name n -> named(n.name());
            case Script.Either e ->
                    e.values().stream().mapToLong(Constants::value).reduce(0, (a, b) -> a | b);
            case Script.Items i -> i.items().isEmpty() ? 0 : value(i.items().getFirst());
            case Script.Any a -> 0;
            case Script.Text t -> 0;
            case Script.Fields f -> 0;
        };
    }

    private static long named(String name) {
        if (name.equals("NULL")) return 0;
        Long value = VALUES.get(name);
        if (value == null) throw new Skipped(name);
        return value;
    }

    private Constants() {}
}
