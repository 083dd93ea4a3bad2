// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import org.opentest4j.TestAbortedException;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What tests talk to and this tree does not have: programs and headers of others, the rights of
/// root, devices.
///
/// ```java
/// Path dig = Peers.require("dig");
/// ```
///
/// Where one is missing the test is skipped, with one line that names the Debian package. With
/// `MIRAGE_PEERS=required` in the environment, which `.ci/run` sets, the test fails with that line,
/// so that a build server cannot pass by what it did not try. Only hardware may be missing there.
public final class Peers {
    private static final boolean REQUIRED = "required".equals(System.getenv("MIRAGE_PEERS"));

    /// The Debian package of each program or header that a test asks for. All of them stand in
    /// `.ci/run`.
    private static final Map<String, String> PACKAGES =
            Map.ofEntries(
                    Map.entry("/usr/include/xen/io/ring.h", "libxen-dev"),
                    Map.entry("/usr/include/zlib.h", "zlib1g-dev"),
                    Map.entry("ab", "apache2-utils"),
                    Map.entry("arping", "iputils-arping"),
                    Map.entry("chromium", "chromium"),
                    Map.entry("cpio", "cpio"),
                    Map.entry("curl", "curl"),
                    Map.entry("delv", "bind9-dnsutils"),
                    Map.entry("dig", "bind9-dnsutils"),
                    Map.entry("dnsmasq", "dnsmasq-base"),
                    Map.entry("dnssec-keygen", "bind9-utils"),
                    Map.entry("dnssec-signzone", "bind9-utils"),
                    Map.entry("dnssec-verify", "bind9-utils"),
                    Map.entry("dnstap-ldns", "dnstap-ldns"),
                    Map.entry("drill", "ldnsutils"),
                    Map.entry("fstrm_capture", "fstrm-bin"),
                    Map.entry("gcc", "gcc"),
                    Map.entry("hexdump", "bsdextrautils"),
                    Map.entry("ip", "iproute2"),
                    Map.entry("iperf3", "iperf3"),
                    Map.entry("knotd", "knot"),
                    Map.entry("ld", "binutils"),
                    Map.entry("mmdebstrap", "mmdebstrap"),
                    Map.entry("named", "bind9"),
                    Map.entry("named-checkzone", "bind9-utils"),
                    Map.entry("named-compilezone", "bind9-utils"),
                    Map.entry("nginx", "nginx-light"),
                    Map.entry("nmap", "nmap"),
                    Map.entry("nsd", "nsd"),
                    Map.entry("nsupdate", "bind9-dnsutils"),
                    Map.entry("passt", "passt"),
                    Map.entry("ping", "iputils-ping"),
                    Map.entry("qemu-system-x86_64", "qemu-system-x86"),
                    Map.entry("slowhttptest", "slowhttptest"),
                    Map.entry("socat", "socat"),
                    Map.entry("sysctl", "procps"),
                    Map.entry("traceroute", "traceroute"),
                    Map.entry("tshark", "tshark"),
                    Map.entry("unshare", "util-linux"),
                    Map.entry("wrk", "wrk"),
                    Map.entry("xz", "xz-utils"));

    /// Where programs of the administrator are, which need not be on everybody's `PATH`.
    private static final String SYSTEM_FOLDERS = "/usr/local/sbin:/usr/sbin:/sbin";

    /// The path of a program, which a test is about to run.
    ///
    /// @param name as on the `PATH`, or the absolute path of a header
    /// @throws IllegalArgumentException if the table does not know its package
    public static Path require(String name) {
        String debianPackage = debianPackage(name);
        return find(name)
                .orElseThrow(
                        () -> missing(REQUIRED, "no " + name + " (Debian: " + debianPackage + ")"));
    }

    /// All of them.
    public static void require(String first, String... more) {
        require(first);
        for (String name : more) require(name);
    }

    /// Whether a program is there that some of many cases need, which are left out without it.
    ///
    /// @throws AssertionError if it is not, and peers are required
    public static boolean isHere(String name) {
        try {
            require(name);
            return true;
        } catch (TestAbortedException e) {
            return false;
        }
    }

    /// The rights of root.
    public static void requireRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw missing(REQUIRED, "this is not run by root");
        }
    }

    /// What it takes to make network namespaces and TAP interfaces.
    public static void requireNamespaces() {
        requireRoot();
        require("ip");
        if (!Files.exists(Path.of("/dev/net/tun"))) throw missing(REQUIRED, "no /dev/net/tun");
    }

    /// Anything else that is not as a test needs it.
    ///
    /// @param what the whole sentence
    /// @return what to throw
    public static TestAbortedException missing(String what) {
        return missing(REQUIRED, what);
    }

    /// Hardware that this machine has not, be peers required or not.
    ///
    /// @param what the whole sentence
    /// @return what to throw
    public static TestAbortedException missingHardware(String what) {
        return missing(false, what);
    }

    /// Whether `MIRAGE_PEERS` says so.
    static boolean areRequired() {
        return REQUIRED;
    }

    /// The packages of all that may be asked for.
    static Collection<String> packages() {
        return new TreeMap<>(PACKAGES).values();
    }

    static TestAbortedException missing(boolean required, String what) {
        if (required) throw new AssertionError(what + ", and MIRAGE_PEERS=required");
        System.out.println("skipped: " + what);
        return new TestAbortedException(what);
    }

    private static String debianPackage(String name) {
        String debianPackage = PACKAGES.get(name);
        if (debianPackage == null) {
            throw new IllegalArgumentException(
                    "no Debian package known of " + name + ": add it to the table of Peers");
        }
        return debianPackage;
    }

    static Optional<Path> find(String name) {
        if (name.startsWith("/")) return Optional.of(Path.of(name)).filter(Files::isReadable);
        String folders = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of((folders + ":" + SYSTEM_FOLDERS).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Peers() {}
}
