// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the program is asked for.
record Arguments(
        Map<DnsName, Path> zones,
        List<Endpoint> endpoints,
        int answersPerSecond,
        String nsid,
        boolean logged) {
    static final String USAGE =
            """
            usage: dns-server --zone NAME=FILE... [--port N] [--address A]... [--rate N] [--nsid TEXT] [--log]

              --zone NAME=FILE  a zone and its file, which is read again when it changes
              --port N          of UDP and TCP (5353)
              --address A       where to listen, IPv4 or IPv6 (127.0.0.1)
              --rate N          equal answers a second that a network gets over UDP (any number)
              --nsid TEXT       what the server calls itself to who asks
              --log             print the questions
            """;

    /// @throws IllegalArgumentException if the texts ask for nothing that there is
    static Arguments parse(String... texts) {
        Map<DnsName, Path> zones = new LinkedHashMap<>();
        List<IpAddress> addresses = new ArrayList<>();
        int port = 5353;
        int rate = 0;
        String nsid = "";
        boolean logged = false;
        for (int i = 0; i < texts.length; i++) {
            String option = texts[i];
            if (option.equals("--log")) {
                logged = true;
                continue;
            }
            if (i + 1 == texts.length) throw new IllegalArgumentException(option + " what?");
            String value = texts[++i];
            switch (option) {
                case "--zone" -> {
                    int equals = value.indexOf('=');
                    if (equals < 0) throw new IllegalArgumentException(value + " is not NAME=FILE");
                    DnsName name = DnsName.of(value.substring(0, equals));
                    zones.put(name, Path.of(value.substring(equals + 1)));
                }
                case "--port" -> port = Integer.parseInt(value);
                case "--address" -> addresses.add(IpAddress.of(value));
                case "--rate" -> rate = Integer.parseInt(value);
                case "--nsid" -> nsid = value;
                default -> throw new IllegalArgumentException("no option " + option);
            }
        }
        if (zones.isEmpty()) throw new IllegalArgumentException("no --zone");
        if (addresses.isEmpty()) addresses.add(IpAddress.of("127.0.0.1"));
        List<Endpoint> endpoints = new ArrayList<>();
        for (IpAddress address : addresses) endpoints.add(new Endpoint(address, port));
        return new Arguments(zones, endpoints, rate, nsid, logged);
    }
}
