// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.tcp.IcmpError;

/// What IP makes of the ICMP messages that scripts name.
final class IcmpNames {
    /// Null: IP does not pass it on.
    static IcmpError find(String type, String code) {
        return switch (type) {
            case "unreachable" -> unreachable(code);
            case "packet_too_big" -> IcmpError.TOO_BIG;
            case "time_exceeded" -> code.contains("reass") ? null : IcmpError.TIME_EXCEEDED;
            case "parameter_problem" ->
                    code.equals("unknown_next_header")
                            ? IcmpError.PROTOCOL_UNREACHABLE
                            : IcmpError.PARAMETER_PROBLEM;
            case "redirect", "source_quench" -> null;
            default -> throw new Skipped("icmp " + type);
        };
    }

    /// What Linux makes of it for a program.
    static String errno(String type, String code) {
        if (type.equals("parameter_problem")) return "EPROTO";
        return switch (code) {
            case "net_unreachable", "net_unknown", "net_prohibited", "net_unreachable_for_tos" ->
                    "ENETUNREACH";
            case "no_route" -> "ENETUNREACH";
            case "protocol_unreachable" -> "ENOPROTOOPT";
            case "port_unreachable" -> "ECONNREFUSED";
            case "source_route_failed" -> "EOPNOTSUPP";
            case "host_unknown" -> "EHOSTDOWN";
            case "source_host_isolated" -> "ENONET";
            case "admin_prohibited", "reject_route" -> "EACCES";
            default -> "EHOSTUNREACH";
        };
    }

    /// Whether only ICMPv6 has the code of that name.
    static boolean isIpv6(String code) {
        return switch (code) {
            case "address_unreachable", "no_route", "admin_prohibited", "beyond_scope" -> true;
            case "unknown_next_header", "reject_route" -> true;
            default -> false;
        };
    }

    private static IcmpError unreachable(String code) {
        return switch (code) {
            case "net_unreachable", "net_unknown", "net_unreachable_for_tos", "no_route" ->
                    IcmpError.NET_UNREACHABLE;
            case "protocol_unreachable" -> IcmpError.PROTOCOL_UNREACHABLE;
            case "port_unreachable" -> IcmpError.PORT_UNREACHABLE;
            case "frag_needed" -> IcmpError.TOO_BIG;
            case "source_route_failed" -> IcmpError.SOURCE_ROUTE_FAILED;
            case "net_prohibited", "host_prohibited", "packet_filtered", "admin_prohibited" ->
                    IcmpError.ADMINISTRATIVELY_PROHIBITED;
            default -> IcmpError.HOST_UNREACHABLE;
        };
    }

    private IcmpNames() {}
}
