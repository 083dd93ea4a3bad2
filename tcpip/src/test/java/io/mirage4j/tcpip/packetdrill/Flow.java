// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import java.util.HashMap;
import java.util.Map;

/// The connection under test as the script numbers it: sequence numbers count from the initial one
/// of each side but in SYNs, timestamps are those that the script first saw.
final class Flow {
    int localPort;
    int remotePort;
    boolean listening;
    boolean acknowledged;

    /// On the wire, and in the script.
    int localIsn;

    int remoteIsn;
    private int scriptLocalIsn;
    private int scriptRemoteIsn;
    private final Map<Integer, Integer> stamps = new HashMap<>();
    private boolean anyStamp;
    private int firstScriptStamp;
    private int firstStamp;

    Flow(int localPort, int remotePort) {
        this.localPort = localPort;
        this.remotePort = remotePort;
    }

    /// A SYN of the peer begins a connection, unless one of it has been acknowledged.
    void remoteSyn(long scriptSeq) {
        if (acknowledged) return;
        scriptRemoteIsn = (int) scriptSeq;
        remoteIsn = (int) scriptSeq;
    }

    void localSyn(int seq, long scriptSeq) {
        scriptLocalIsn = (int) scriptSeq;
        localIsn = seq;
    }

    int remoteSeq(long script, boolean syn) {
        return (int) script + remoteIsn - (syn ? scriptRemoteIsn : 0);
    }

    int localSeq(long script, boolean syn) {
        return (int) script + localIsn - (syn ? scriptLocalIsn : 0);
    }

    long scriptLocal(int seq, boolean syn) {
        return Integer.toUnsignedLong(seq - localIsn + (syn ? scriptLocalIsn : 0));
    }

    long scriptRemote(int seq, boolean syn) {
        return Integer.toUnsignedLong(seq - remoteIsn + (syn ? scriptRemoteIsn : 0));
    }

    /// Notes that what the script calls `script` is `wire`.
    void stamp(int script, int wire) {
        stamps.put(script, wire);
        if (!anyStamp) {
            anyStamp = true;
            firstScriptStamp = script;
            firstStamp = wire;
        }
    }

    boolean hasStamp() {
        return anyStamp;
    }

    /// How far `wire` is from the first stamp, less how far the script says.
    int stampError(int script, int wire) {
        return wire - firstStamp - (script - firstScriptStamp);
    }

    int wireStamp(int script) {
        Integer wire = stamps.get(script);
        if (wire != null) return wire;
        return anyStamp ? firstStamp + (script - firstScriptStamp) : script;
    }
}
