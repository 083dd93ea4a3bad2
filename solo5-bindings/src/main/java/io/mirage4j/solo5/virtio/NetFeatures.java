// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.platform.Offload;

import java.util.EnumSet;
import java.util.Set;

/// The features of a network device by their bits, and what they mean in offloads (virtio 1.2,
/// 5.1.3 and 5.1.3.1: which feature needs which).
final class NetFeatures {
    private static final int CSUM = 0;
    private static final int GUEST_CSUM = 1;
    static final int MTU = 3;
    static final int MAC = 5;
    private static final int GUEST_TSO4 = 7;
    private static final int GUEST_TSO6 = 8;
    private static final int GUEST_ECN = 9;
    private static final int HOST_TSO4 = 11;
    private static final int HOST_TSO6 = 12;
    private static final int HOST_ECN = 13;
    static final int MRG_RXBUF = 15;
    private static final int GUEST_USO4 = 54;
    private static final int GUEST_USO6 = 55;
    private static final int HOST_USO = 56;

    /// What is asked of a device that offers so much: all that it does for frames to send; of what
    /// it leaves undone, only what the owner takes so. Long frames only come in where they may take
    /// several buffers.
    static long wanted(long offered, Set<Offload> receive) {
        long wanted = bits(MTU, MAC, CSUM, MRG_RXBUF, VirtioDevice.EVENT_IDX);
        if (has(offered, CSUM)) {
            wanted |= bits(HOST_TSO4, HOST_TSO6, HOST_ECN, HOST_USO);
        }
        if (!receive.contains(Offload.CHECKSUM) || !has(offered, GUEST_CSUM)) return wanted;
        wanted |= bits(GUEST_CSUM);
        if (!has(offered, MRG_RXBUF)) return wanted;
        boolean tcp4 = receive.contains(Offload.TCP4_SEGMENTS);
        boolean tcp6 = receive.contains(Offload.TCP6_SEGMENTS);
        wanted |= tcp4 ? bits(GUEST_TSO4) : 0;
        wanted |= tcp6 ? bits(GUEST_TSO6) : 0;
        wanted |= tcp4 || tcp6 ? bits(GUEST_ECN) : 0;
        boolean udp = receive.contains(Offload.UDP_SEGMENTS);
        return wanted | (udp && has(offered, GUEST_USO6) ? bits(GUEST_USO4, GUEST_USO6) : 0);
    }

    /// What may be left to a device with which `taken` was agreed. Without HOST_ECN a segment with
    /// CWR would be cut wrong, so there TCP is not left to it.
    static Set<Offload> send(long taken) {
        var offloads = EnumSet.noneOf(Offload.class);
        add(offloads, Offload.CHECKSUM, has(taken, CSUM));
        add(offloads, Offload.TCP4_SEGMENTS, has(taken, HOST_TSO4) && has(taken, HOST_ECN));
        add(offloads, Offload.TCP6_SEGMENTS, has(taken, HOST_TSO6) && has(taken, HOST_ECN));
        add(offloads, Offload.UDP_SEGMENTS, has(taken, HOST_USO));
        return offloads;
    }

    /// What it leaves undone.
    static Set<Offload> receive(long taken) {
        var offloads = EnumSet.noneOf(Offload.class);
        add(offloads, Offload.CHECKSUM, has(taken, GUEST_CSUM));
        add(offloads, Offload.TCP4_SEGMENTS, has(taken, GUEST_TSO4));
        add(offloads, Offload.TCP6_SEGMENTS, has(taken, GUEST_TSO6));
        add(offloads, Offload.UDP_SEGMENTS, has(taken, GUEST_USO4));
        return offloads;
    }

    /// Whether frames may be longer than the MTU.
    static boolean hasSegments(Set<Offload> offloads) {
        return offloads.stream().anyMatch(offload -> offload != Offload.CHECKSUM);
    }

    private static void add(Set<Offload> offloads, Offload offload, boolean isThere) {
        if (isThere) {
            offloads.add(offload);
        }
    }

    private static boolean has(long features, int bit) {
        return (features >>> bit & 1) != 0;
    }

    private static long bits(int... places) {
        long all = 0;
        for (int place : places) {
            all |= 1L << place;
        }
        return all;
    }

    private NetFeatures() {}
}
