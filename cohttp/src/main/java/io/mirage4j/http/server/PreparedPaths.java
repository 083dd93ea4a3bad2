// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.wire.Head;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Prepared responses by request target, character for character. Finding allocates nothing.
public final class PreparedPaths implements Shortcut {
    /// An open hash table, at most half full.
    private final byte[][] targets;

    private final @Nullable Prepared[] responses;
    private final int mask;

    public PreparedPaths(Map<String, Prepared> byTarget) {
        int capacity = Integer.highestOneBit(Math.max(2, 4 * byTarget.size()));
        mask = capacity - 1;
        targets = new byte[capacity][];
        responses = new Prepared[capacity];
        byTarget.forEach(
                (target, response) -> {
                    byte[] octets = target.getBytes(StandardCharsets.US_ASCII);
                    int hash = 0;
                    for (byte octet : octets) {
                        hash = 31 * hash + (octet & 0xff);
                    }
                    int at = slot(hash);
                    while (responses[at] != null) {
                        at = (at + 1) & mask;
                    }
                    targets[at] = octets;
                    responses[at] = response;
                });
    }

    @Override
    public @Nullable Prepared find(Head request) {
        ReadOnlyCstruct octets = request.octets();
        int off = request.targetOff();
        int length = request.targetLength();
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + octets.u8(off + i);
        }
        for (int at = slot(hash); responses[at] != null; at = (at + 1) & mask) {
            if (same(targets[at], octets, off, length)) return responses[at];
        }
        return null;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & mask;
    }

    private static boolean same(byte[] target, ReadOnlyCstruct octets, int off, int length) {
        if (target.length != length) return false;
        for (int i = 0; i < length; i++) {
            if ((target[i] & 0xff) != octets.u8(off + i)) return false;
        }
        return true;
    }
}
