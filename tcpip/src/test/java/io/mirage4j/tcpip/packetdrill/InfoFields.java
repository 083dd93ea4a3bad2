// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.tcp.TcpInfo;
import io.mirage4j.tcpip.tcp.TcpState;

/// The fields of `tcp_info` by their names, in their units.
final class InfoFields {
    /// Null: there is none of that name.
    static Long value(String name, TcpInfo i) {
        return switch (name) {
            case "tcpi_state" -> (long) state(i.state());
            case "tcpi_fackets" -> 0L;
            case "tcpi_ca_state" -> (long) i.congestionState();
            case "tcpi_retransmits" -> (long) i.retransmits();
            case "tcpi_probes" -> (long) i.probes();
            case "tcpi_backoff" -> (long) i.backoff();
            case "tcpi_options" -> options(i);
            case "tcpi_snd_wscale" -> (long) i.sndWscale();
            case "tcpi_rcv_wscale" -> (long) i.rcvWscale();
            case "tcpi_rto" -> i.rtoNanos() / 1000;
            case "tcpi_snd_mss" -> (long) i.sndMss();
            case "tcpi_rcv_mss" -> (long) i.rcvMss();
            case "tcpi_advmss" -> (long) i.advMss();
            case "tcpi_unacked" -> (long) i.unacked();
            case "tcpi_sacked" -> (long) i.sacked();
            case "tcpi_lost" -> (long) i.lost();
            case "tcpi_retrans" -> (long) i.retrans();
            case "tcpi_snd_cwnd" -> (long) i.sndCwnd();
            case "tcpi_snd_ssthresh" -> (long) i.sndSsthresh();
            case "tcpi_rtt" -> i.rttNanos() / 1000;
            case "tcpi_rttvar" -> i.rttVarNanos() / 1000;
            case "tcpi_min_rtt" -> i.minRttNanos() / 1000;
            case "tcpi_reordering" -> (long) i.reordering();
            case "tcpi_rcv_space" -> (long) i.rcvSpace();
            case "tcpi_total_retrans" -> (long) i.totalRetrans();
            case "tcpi_bytes_acked" -> i.bytesAcked();
            case "tcpi_bytes_received" -> i.bytesReceived();
            case "tcpi_bytes_retrans" -> i.bytesRetrans();
            case "tcpi_segs_in" -> (long) i.segsIn();
            case "tcpi_segs_out" -> (long) i.segsOut();
            case "tcpi_data_segs_in" -> (long) i.dataSegsIn();
            case "tcpi_data_segs_out" -> (long) i.dataSegsOut();
            case "tcpi_notsent_bytes" -> (long) i.notsentBytes();
            case "tcpi_delivered" -> (long) i.delivered();
            case "tcpi_delivered_ce" -> (long) i.deliveredCe();
            case "tcpi_dsack_dups" -> (long) i.dsackDups();
            case "tcpi_reord_seen" -> (long) i.reordSeen();
            case "tcpi_last_data_sent" -> i.lastDataSentNanos() / 1_000_000;
            case "tcpi_last_data_recv" -> i.lastDataRecvNanos() / 1_000_000;
            case "tcpi_last_ack_recv" -> i.lastAckRecvNanos() / 1_000_000;
            case "tcpi_busy_time" -> i.busyNanos() / 1000;
            case "tcpi_rwnd_limited" -> i.rwndLimitedNanos() / 1000;
            case "tcpi_sndbuf_limited" -> i.sndbufLimitedNanos() / 1000;
            case "tcpi_snd_wnd" -> (long) i.sndWnd();
            case "tcpi_pmtu" -> (long) i.pmtu();
            case "tcpi_ato" -> i.atoNanos() / 1000;
            case "tcpi_rcv_wnd" -> (long) i.rcvWnd();
            case "tcpi_rcv_ooopack" -> (long) i.rcvOooPack();
            case "tcpi_total_rto" -> (long) i.totalRto();
            case "tcpi_total_rto_recoveries" -> (long) i.totalRtoRecoveries();
            case "tcpi_fastopen_client_fail" -> i.fastOpenRefused() ? 2L : 0L;
            case "tcpi_pacing_rate" -> i.pacingRate();
            case "tcpi_max_pacing_rate" -> -1L;
            // Linux never says when it last sent an acknowledgment.
            case "tcpi_last_ack_sent" -> 0L;
            default -> null;
        };
    }

    private static int state(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> 1;
            case SYN_SENT -> 2;
            case SYN_RECEIVED -> 3;
            case FIN_WAIT_1 -> 4;
            case FIN_WAIT_2 -> 5;
            case TIME_WAIT -> 6;
            case CLOSED -> 7;
            case CLOSE_WAIT -> 8;
            case LAST_ACK -> 9;
            case CLOSING -> 11;
        };
    }

    private static long options(TcpInfo i) {
        return (i.timestamps() ? 1 : 0)
                | (i.sack() ? 2 : 0)
                | (i.windowScaling() ? 4 : 0)
                | (i.ecn() ? 8 : 0)
                | (i.ecnSeen() ? 16 : 0)
                | (i.synData() ? 32 : 0);
    }

    private InfoFields() {}
}
