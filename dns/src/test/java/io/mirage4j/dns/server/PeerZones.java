// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The zone of the tests, as it is and as BIND signs it.
public final class PeerZones {
    public enum Form {
        UNSIGNED,
        NSEC,
        NSEC3,
        OPT_OUT
    }

    /// Makes the zone in `folder`.
    public static Path make(Path folder, Form form) throws Exception {
        Path zone = folder.resolve("zone");
        try (InputStream in = PeerZones.class.getResourceAsStream("/zones/peers.zone")) {
            Files.copy(in, zone, StandardCopyOption.REPLACE_EXISTING);
        }
        if (form == Form.UNSIGNED) return zone;
        Path signer = Peers.require("dnssec-signzone");
        String key = Peers.require("dnssec-keygen").toString();
        run(folder, List.of(key, "-q", "-a", "ECDSAP256SHA256", "example.test"));
        run(folder, List.of(key, "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "example.test"));
        List<String> command = new ArrayList<>(List.of(signer.toString(), "-S", "-q"));
        if (form != Form.NSEC) {
            command.addAll(List.of("-3", "AABB", "-H", "2"));
        }
        if (form == Form.OPT_OUT) {
            command.add("-A");
        }
        command.addAll(List.of("-e", "20450101000000", "-O", "full", "-o", "example.test"));
        command.addAll(List.of("-f", "signed", "zone"));
        run(folder, command);
        return folder.resolve("signed");
    }

    private static void run(Path folder, List<String> command) throws Exception {
        Path log = folder.resolve("sign.log");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor()).as("%s: %s", command, Files.readString(log)).isZero();
    }

    private PeerZones() {}
}
