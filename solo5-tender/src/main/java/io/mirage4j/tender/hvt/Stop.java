// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.Exit;
import io.mirage4j.tender.linux.Interrupts;
import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.Syscall;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Ends the guest from outside, be it waiting, computing, or about to: the descriptor ends a wait,
/// the signal gets the thread out of the guest, and the mark in the state of the processor keeps it
/// out. The first reason counts.
final class Stop {
    private final Kvm kvm;
    private final int descriptor;
    private volatile @Nullable Exit reason;
    private int thread;
    private boolean closed;

    Stop(Kvm kvm) throws IOException {
        this.kvm = kvm;
        descriptor = new Linux().eventDescriptor();
    }

    /// A descriptor that can be read once the guest is to stop.
    int descriptor() {
        return descriptor;
    }

    /// Called by the thread that will run the guest.
    synchronized void runsHere() {
        thread = (int) new Linux().call(Syscall.GETTID, 0);
    }

    boolean isAsked() {
        return reason != null;
    }

    Exit reason() {
        Exit given = reason;
        if (given == null) throw new IllegalStateException("nobody asked to stop");
        return given;
    }

    synchronized void ask(Exit why) {
        if (reason != null || closed) return;
        reason = why;
        var linux = new Linux();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
            linux.call(Syscall.WRITE, descriptor, one.address(), Long.BYTES);
        }
        kvm.exitImmediately();
        if (thread != 0) {
            Interrupts.interrupt(linux, thread);
        }
    }

    /// After the guest's thread has left it: there is nothing to stop any more.
    synchronized void close() {
        closed = true;
        new Linux().close(descriptor);
    }
}
