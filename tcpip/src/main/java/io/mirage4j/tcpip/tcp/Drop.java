// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Why a segment, or an ICMP error, was not taken.
public enum Drop {
    TRUNCATED,
    BAD_OFFSET,
    BAD_CHECKSUM,
    NOT_UNICAST,
    NO_CONNECTION,
    NO_MEMORY,
    BACKLOG_FULL,
    ACCEPT_QUEUE_FULL,
    BAD_COOKIE,
    OLD_TIMESTAMP,
    MISSING_TIMESTAMP,
    OUT_OF_WINDOW,
    NO_ACK_FLAG,
    BAD_ACK,
    OLD_ACK,
    BAD_RESET,
    UNEXPECTED_SYN,
    SYN_FIN,
    SIGNATURE,
    TOO_MANY_HOLES,
    AFTER_FIN,
    CHALLENGE_LIMIT,
    ICMP_NOT_OURS,
    ICMP_IGNORED
}
