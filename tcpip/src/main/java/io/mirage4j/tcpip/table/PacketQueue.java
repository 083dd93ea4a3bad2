// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import org.jspecify.annotations.Nullable;

/// Packets, first in, first out. Nothing here allocates.
public final class PacketQueue {
    private @Nullable Packet head;
    private @Nullable Packet tail;
    private int size;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return head == null;
    }

    public void add(Packet packet) {
        packet.next = null;
        if (tail == null) {
            head = packet;
        } else {
            tail.next = packet;
        }
        tail = packet;
        size++;
    }

    public @Nullable Packet poll() {
        Packet packet = head;
        if (packet != null) {
            head = packet.next;
            packet.next = null;
            if (head == null) {
                tail = null;
            }
            size--;
        }
        return packet;
    }
}
