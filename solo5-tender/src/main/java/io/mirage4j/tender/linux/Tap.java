// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A TAP interface of Linux, without packet information, non-blocking: a frame a call.
///
/// @param descriptor what is read and written
/// @param mtu as it is set now
public record Tap(int descriptor, int mtu) {
    private static final int NAME_OCTETS = 16;
    private static final int REQUEST_OCTETS = 40; // struct ifreq
    private static final int VALUE = 16; // its union

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int F_SETFL = 4;
    private static final int TUNSETIFF = 0x400454ca;
    private static final int TUNSETOFFLOAD = 0x400454d0;
    private static final int TUNGETIFF = 0x800454d2;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_SGSO = 0x24;
    private static final int ETHTOOL_SGRO = 0x2c;
    private static final short IFF_UP_OR_RUNNING = 0x41;
    private static final short IFF_TAP_NO_PI = 0x1002;

    private static final int USUAL_MTU = 1500;

    /// Attaches to the interface of that name, which exists and is up, or to the descriptor `@NN`
    /// that somebody opened for us.
    public static Tap attach(String name) throws IOException {
        var linux = new Linux();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(REQUEST_OCTETS, 8);
            int socket =
                    (int)
                            Linux.orThrow(
                                    "socket",
                                    linux.call(
                                            Syscall.SOCKET,
                                            AF_INET,
                                            SOCK_DGRAM | OpenFlags.CLOEXEC,
                                            0));
            try {
                return name.startsWith("@")
                        ? ofDescriptor(linux, socket, request, name)
                        : ofName(linux, socket, request, name);
            } finally {
                linux.close(socket);
            }
        }
    }

    private static Tap ofName(Linux linux, int socket, MemorySegment request, String name)
            throws IOException {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length >= NAME_OCTETS) {
            throw new IOException(
                    "interface '" + name + "': a name has 1 to " + (NAME_OCTETS - 1) + " octets");
        }
        MemorySegment.copy(octets, 0, request, ValueLayout.JAVA_BYTE, 0, octets.length);
        String what = "interface " + name;
        // Asked first, because opening a name that does not exist would create it.
        Linux.orThrow(
                what + " (create it: ip tuntap add dev " + name + " mode tap)",
                linux.ioctl(socket, SIOCGIFFLAGS, request.address()));
        if ((request.get(ValueLayout.JAVA_SHORT, VALUE) & IFF_UP_OR_RUNNING) == 0) {
            throw new IOException(what + " is down: ip link set dev " + name + " up");
        }
        int tap = linux.open("/dev/net/tun", OpenFlags.READ_WRITE | OpenFlags.NONBLOCK);
        boolean attached = false;
        try {
            request.set(ValueLayout.JAVA_SHORT, VALUE, IFF_TAP_NO_PI);
            Linux.orThrow(what, linux.ioctl(tap, TUNSETIFF, request.address()));
            // Checksums that somebody who had it before took undone: an interface that stays
            // remembers that.
            Linux.orThrow(what, linux.ioctl(tap, TUNSETOFFLOAD, 0));
            int mtu = mtu(linux, socket, request, what);
            // An aggregated frame of 64 KiB would be cut to the guest's buffer.
            switchOff(linux, socket, request, ETHTOOL_SGRO);
            switchOff(linux, socket, request, ETHTOOL_SGSO);
            attached = true;
            return new Tap(tap, mtu);
        } finally {
            if (!attached) {
                linux.close(tap);
            }
        }
    }

    private static Tap ofDescriptor(Linux linux, int socket, MemorySegment request, String name)
            throws IOException {
        int descriptor;
        try {
            descriptor = Integer.parseInt(name, 1, name.length(), 10);
        } catch (NumberFormatException e) {
            throw new IOException("descriptor '" + name + "': write @ and a number", e);
        }
        Linux.orThrow(
                "descriptor " + name,
                linux.call(Syscall.FCNTL, descriptor, F_SETFL, OpenFlags.NONBLOCK));
        // One that is not a TAP, a socket pair say, has no name to ask by.
        boolean named = linux.ioctl(descriptor, TUNGETIFF, request.address()) >= 0;
        return new Tap(descriptor, named ? mtu(linux, socket, request, name) : USUAL_MTU);
    }

    private static int mtu(Linux linux, int socket, MemorySegment request, String what)
            throws IOException {
        Linux.orThrow(what, linux.ioctl(socket, SIOCGIFMTU, request.address()));
        return request.get(ValueLayout.JAVA_INT, VALUE);
    }

    private static void switchOff(Linux linux, int socket, MemorySegment request, int command) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(8, 4);
            value.set(ValueLayout.JAVA_INT, 0, command);
            request.set(ValueLayout.JAVA_LONG, VALUE, value.address());
            linux.ioctl(socket, SIOCETHTOOL, request.address()); // best effort: not all can
        }
    }
}
