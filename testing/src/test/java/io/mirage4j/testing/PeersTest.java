// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import java.nio.file.Files;
import java.nio.file.Path;

class PeersTest {
    /// Or a test would fail there for want of a package that nobody installs.
    @Test
    void theBuildServerInstallsAllPackagesAndRequiresPeers() throws Exception {
        String script = Files.readString(OutsideProject.root().resolve(".ci/run"));
        assertThat(script.lines().map(String::strip).toList()).containsAll(Peers.packages());
        assertThat(script).contains("\nexport MIRAGE_PEERS=required\n");
    }

    @Test
    void aMissingPeerFailsWhereItIsRequiredAndElseSkips() {
        assertThatThrownBy(() -> Peers.missing(true, "no dig (Debian: bind9-dnsutils)"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no dig (Debian: bind9-dnsutils), and MIRAGE_PEERS=required");
        assertThat(Peers.missing(false, "nothing, says a test of Peers"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("nothing, says a test of Peers");
        assertThat(Peers.missingHardware("nothing, says a test of Peers"))
                .isInstanceOf(TestAbortedException.class);
    }

    @Test
    void aProgramIsFoundByItsName() {
        assertThat(Peers.find("sh")).get().asString().endsWith("/sh");
        assertThat(Peers.find("/etc/passwd")).contains(Path.of("/etc/passwd"));
        assertThat(Peers.find("no-such-program")).isEmpty();
        assertThat(Peers.find("/no/such/header.h")).isEmpty();
    }

    @Test
    void aProgramWhosePackageNobodyKnowsIsNotAskedFor() {
        assertThatThrownBy(() -> Peers.require("sh"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no Debian package known of sh: add it to the table of Peers");
    }
}
