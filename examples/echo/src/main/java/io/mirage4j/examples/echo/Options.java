// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.echo;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.MacAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the command line says.
///
/// @param tap the name of a TAP; empty if it is passt
/// @param passt the path of passt's socket; empty if it is a TAP
/// @param addresses ours; without one, DHCP is asked
/// @param gateway of either version
record Options(
        String tap,
        String passt,
        MacAddress mac,
        List<IpPrefix> addresses,
        Optional<IpAddress> gateway) {
    static final String USAGE =
            """
            usage: echo (--tap NAME | --passt SOCKET) [--ipv4 ADDRESS/LENGTH] [--ipv6 ADDRESS/LENGTH]
                        [--gateway ADDRESS] [--mac MAC]
            Without --ipv4, DHCP is asked for an address.""";

    private static final String MAC = "02:00:00:00:00:07";

    /// @throws IllegalArgumentException if they can not be understood; the message says why
    static Options parse(String... args) {
        String tap = "";
        String passt = "";
        MacAddress mac = MacAddress.of(MAC);
        List<IpPrefix> addresses = new ArrayList<>();
        Optional<IpAddress> gateway = Optional.empty();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": no such option, or no value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--tap" -> tap = value;
                case "--passt" -> passt = value;
                case "--mac" -> mac = MacAddress.of(value);
                case "--ipv4", "--ipv6" -> addresses.add(IpPrefix.of(value));
                case "--gateway" -> gateway = Optional.of(IpAddress.of(value));
                default -> throw new IllegalArgumentException("no option " + args[i]);
            }
        }
        if (tap.isEmpty() == passt.isEmpty()) {
            throw new IllegalArgumentException("either --tap or --passt is needed");
        }
        return new Options(tap, passt, mac, List.copyOf(addresses), gateway);
    }
}
