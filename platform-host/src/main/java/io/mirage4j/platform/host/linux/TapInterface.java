// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.VnetHeader;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The kernel's side of a TAP: how its queues are opened (Linux `Documentation/networking/tuntap`)
/// and what the interface is like.
final class TapInterface {
    static final long TUNSETOFFLOAD = 0x400454d0L;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETVNETHDRSZ = 0x400454d8L;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCGIFMTU = 0x8921;

    private static final short IFF_TAP = 2;
    private static final short IFF_MULTI_QUEUE = 0x100;
    private static final short IFF_NO_PI = 0x1000;
    private static final short IFF_VNET_HDR = 0x4000;
    private static final short IFF_UP = 1;

    private static final int TUN_F_CSUM = 1;
    private static final int TUN_F_TSO4 = 2;
    private static final int TUN_F_TSO6 = 4;
    private static final int TUN_F_TSO_ECN = 8;
    private static final int TUN_F_USO = 0x20 | 0x40;

    private static final int O_RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    private static final int IFREQ = 40; // char name[16]; the rest depends on the request
    private static final int NAME = 16;

    private final String name;
    private final int mtu;
    private final Set<Offload> sendOffloads;

    private TapInterface(String name, int mtu, Set<Offload> sendOffloads) {
        this.name = name;
        this.mtu = mtu;
        this.sendOffloads = sendOffloads;
    }

    static List<TapDevice> open(String name, MacAddress mac, int queues) throws IOException {
        if (queues < 1 || queues > 256) {
            throw new IllegalArgumentException("queues " + queues + " is not in 1..256");
        }
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets >= NAME || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name + "' is no name of an interface");
        }
        List<Descriptor> opened = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            String given = name;
            for (int i = 0; i < queues; i++) {
                given = attach(arena, given, queues > 1, opened);
            }
            int fd = opened.get(0).acquire();
            var tap = new TapInterface(given, readMtu(arena, given), offered(fd));
            opened.get(0).release();
            List<TapDevice> devices = new ArrayList<>();
            for (Descriptor descriptor : opened) {
                devices.add(new TapDevice(tap, descriptor, mac));
            }
            return List.copyOf(devices);
        } catch (IOException | RuntimeException e) {
            opened.forEach(Descriptor::close);
            throw e;
        }
    }

    /// Opens one more queue, adds it to `opened`, and returns the interface's name.
    private static String attach(Arena arena, String name, boolean several, List<Descriptor> opened)
            throws IOException {
        var calls = new SystemCalls();
        int fd =
                CLibrary.check(
                        calls.open(arena.allocateFrom("/dev/net/tun"), O_RDWR_NONBLOCK_CLOEXEC, 0),
                        "open /dev/net/tun");
        opened.add(new Descriptor(name, fd));
        int flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR;
        MemorySegment request = request(arena, name);
        request.set(JAVA_SHORT, NAME, (short) (flags | (several ? IFF_MULTI_QUEUE : 0)));
        int result = calls.ioctl(fd, TUNSETIFF, request);
        if (result == -CLibrary.EINVAL && !several) {
            // An interface that somebody made for several queues wants to be told so.
            request.set(JAVA_SHORT, NAME, (short) (flags | IFF_MULTI_QUEUE));
            result = calls.ioctl(fd, TUNSETIFF, request);
        }
        CLibrary.check(result, "open TAP interface " + name);
        MemorySegment size = arena.allocateFrom(JAVA_INT, VnetHeader.OCTETS);
        CLibrary.check(calls.ioctl(fd, TUNSETVNETHDRSZ, size), name + ": header");
        return request.getString(0);
    }

    /// What the kernel does for its own sake it does for us: an old one does not cut UDP.
    private static Set<Offload> offered(int fd) throws IOException {
        var calls = new SystemCalls();
        EnumSet<Offload> offered = EnumSet.allOf(Offload.class);
        MemorySegment all = MemorySegment.ofAddress(offloadFlags(offered));
        if (calls.ioctl(fd, TUNSETOFFLOAD, all) < 0) {
            offered.remove(Offload.UDP_SEGMENTS);
        }
        CLibrary.check(calls.ioctl(fd, TUNSETOFFLOAD, MemorySegment.NULL), "no offloads");
        return Set.copyOf(offered);
    }

    static long offloadFlags(Set<Offload> offloads) {
        long flags = 0;
        for (Offload offload : offloads) {
            flags |=
                    switch (offload) {
                        case CHECKSUM -> TUN_F_CSUM;
                        case TCP4_SEGMENTS -> TUN_F_TSO4 | TUN_F_TSO_ECN;
                        case TCP6_SEGMENTS -> TUN_F_TSO6 | TUN_F_TSO_ECN;
                        case UDP_SEGMENTS -> TUN_F_USO;
                    };
        }
        return flags;
    }

    private static int readMtu(Arena arena, String name) throws IOException {
        MemorySegment request = request(arena, name);
        ask(SIOCGIFMTU, request, "MTU of " + name);
        return request.get(JAVA_INT, NAME);
    }

    String name() {
        return name;
    }

    int mtu() {
        return mtu;
    }

    Set<Offload> sendOffloads() {
        return sendOffloads;
    }

    void up() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            ask(SIOCGIFFLAGS, request, "flags of " + name);
            request.set(JAVA_SHORT, NAME, (short) (request.get(JAVA_SHORT, NAME) | IFF_UP));
            ask(SIOCSIFFLAGS, request, "set " + name + " up");
        }
    }

    private static void ask(long request, MemorySegment argument, String what) throws IOException {
        int fd = CLibrary.check(new SocketCalls().socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0), what);
        try {
            CLibrary.check(new SystemCalls().ioctl(fd, request, argument), what);
        } finally {
            new SystemCalls().close(fd);
        }
    }

    private static MemorySegment request(Arena arena, String name) {
        MemorySegment request = arena.allocate(IFREQ, 8);
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(octets, 0, request, JAVA_BYTE, 0, octets.length);
        return request;
    }
}
