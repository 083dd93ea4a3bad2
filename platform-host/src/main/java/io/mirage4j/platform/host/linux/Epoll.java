// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Tells sockets what the kernel says of them. Each is added once, for all that may happen to it,
/// and the kernel speaks when something changes (edge-triggered): to wait costs no call.
///
/// Who looks is a virtual thread among those that wait, so that while there is work neither a
/// switch of the kernel's threads nor a call to wake one comes between an event and its thread.
/// Where nothing happens it lets a platform thread sleep in the kernel for it, and that goes on for
/// as long as nobody has to be woken: what arrivals do, they do where they are told.
final class Epoll {
    private static final int CTL_ADD = 1;
    private static final int IN = 1;
    private static final int OUT = 4;
    private static final int ERR = 8;
    private static final int HUP = 0x10;
    private static final int RDHUP = 0x2000;
    private static final int EDGE = 1 << 31;

    /// The kernel packs the structure on x86 alone.
    private static final int EVENT_OCTETS = System.getProperty("os.arch").equals("amd64") ? 12 : 16;

    private static final int DATA = EVENT_OCTETS - 8;
    private static final int EVENTS = 256;
    private static final int LOOKS_BEFORE_SLEEP = 8;

    // What a poll found: nothing, events, or such as somebody was woken for.
    private static final int NOTHING = 0;
    private static final int TOLD = 1;
    private static final int WOKE = 2;

    /// How late a long timeout may be.
    private static final int TICK_MILLIS = 100;

    private static final class Holder {
        static final Epoll SHARED = new Epoll();
    }

    private final int epoll;
    private final Thread sleeper;
    private final AtomicReference<EpollSocket[]> sockets =
            new AtomicReference<>(new EpollSocket[64]); // by descriptor; written locked

    // What follows belongs to who looks: the virtual thread, or the sleeper while that waits.
    private final SocketCalls calls = new SocketCalls();
    private final MemorySegment events =
            Arena.global().allocate((long) EVENTS * EVENT_OCTETS, Long.BYTES);
    private long lastTick = System.nanoTime();

    private final Thread looker;
    private volatile boolean sleeping;

    private Epoll() {
        epoll = calls.epollCreate1(0x80000);
        if (epoll < 0) throw new IllegalStateException("epoll_create1: error " + -epoll);
        sleeper = Thread.ofPlatform().daemon().name("mirage4j-epoll").unstarted(this::sleep);
        looker = Thread.ofVirtual().name("mirage4j-epoll-look").unstarted(this::look);
        sleeper.start();
        looker.start();
    }

    static Epoll shared() {
        return Holder.SHARED;
    }

    void add(EpollSocket socket, int fd) throws IOException {
        synchronized (this) {
            EpollSocket[] table = table();
            if (fd >= table.length) {
                table = Arrays.copyOf(table, Math.max(2 * table.length, fd + 1));
            }
            table[fd] = socket;
            sockets.set(table);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(EVENT_OCTETS, Long.BYTES);
            event.set(JAVA_INT_UNALIGNED, 0, IN | OUT | RDHUP | EDGE);
            event.set(JAVA_INT_UNALIGNED, DATA, fd);
            CLibrary.check(new SocketCalls().epollCtl(epoll, CTL_ADD, fd, event), "epoll_ctl");
        }
    }

    /// Before the descriptor is closed, which is all that the kernel wants. Another socket may have
    /// its number by now.
    synchronized void remove(EpollSocket socket, int fd) {
        EpollSocket[] table = table();
        if (table[fd] == socket) {
            table[fd] = null;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // those that were woken come first
    private void look() {
        int idle = 0;
        while (true) {
            if (poll(0) != NOTHING) {
                idle = 0;
            } else if (++idle == LOOKS_BEFORE_SLEEP) {
                idle = 0;
                sleeping = true;
                LockSupport.unpark(sleeper);
                while (sleeping) {
                    LockSupport.park(this);
                }
            }
            Thread.yield();
        }
    }

    private EpollSocket[] table() {
        return Objects.requireNonNull(sockets.get());
    }

    private void sleep() {
        while (true) {
            while (!sleeping) {
                LockSupport.park(this);
            }
            if (poll(TICK_MILLIS) == WOKE) {
                sleeping = false;
                LockSupport.unpark(looker);
            }
        }
    }

    private int poll(int millis) {
        int count = calls.epollWait(epoll, events, EVENTS, millis);
        EpollSocket[] table = table();
        int found = count > 0 ? TOLD : NOTHING;
        for (int i = 0; i < count; i++) {
            long at = (long) i * EVENT_OCTETS;
            int happened = events.get(JAVA_INT_UNALIGNED, at);
            EpollSocket socket = table[events.get(JAVA_INT_UNALIGNED, at + DATA)];
            if (socket != null && tell(socket, happened)) {
                found = WOKE;
            }
        }
        tick(table);
        return found;
    }

    private static boolean tell(EpollSocket socket, int happened) {
        boolean over = (happened & (ERR | HUP | RDHUP)) != 0;
        boolean read = over || (happened & IN) != 0;
        boolean write = (happened & (OUT | ERR | HUP)) != 0;
        try {
            return socket.happened(read, write, over);
        } catch (RuntimeException | Error e) {
            // An arrival's own: the other sockets are told nevertheless.
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, e);
            return true;
        }
    }

    private void tick(EpollSocket[] table) {
        long now = System.nanoTime();
        if (now - lastTick > TICK_MILLIS * 1_000_000L) {
            lastTick = now;
            for (EpollSocket socket : table) {
                if (socket != null) {
                    socket.tick(now);
                }
            }
        }
    }
}
