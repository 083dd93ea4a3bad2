// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// How a connection ends: RFC 9293, 3.6, from either side, in order or not.
final class Closing {
    /// We write no more: the FIN goes out behind what was written.
    static void shutdownWrite(TcpConnection c, long now) {
        c.writeShut = true;
        switch (c.state) {
            case ESTABLISHED, SYN_RECEIVED -> {
                c.sender.finQueued = true;
                if (c.state == TcpState.ESTABLISHED) {
                    c.state = TcpState.FIN_WAIT_1;
                }
            }
            case CLOSE_WAIT -> {
                c.sender.finQueued = true;
                c.state = TcpState.LAST_ACK;
            }
            case SYN_SENT -> {
                if (c.sender.buffer.queued() == 0) {
                    finish(c);
                    return;
                }
                c.sender.finQueued = true;
            }
            default -> {
                return;
            }
        }
        c.sender.output(false, now);
        c.schedule();
    }

    /// Nobody is there any more who reads or writes.
    static void close(TcpConnection c, long now) {
        c.isOrphan = true;
        if (c.state == TcpState.CLOSED || c.state == TcpState.SYN_SENT) {
            finish(c);
            return;
        }
        boolean unread = c.receiver.readable() > 0 && !c.stack.parameters.isFreebsd();
        if (unread && c.state != TcpState.TIME_WAIT) {
            abort(c, now);
            return;
        }
        c.receiver.discard();
        c.shutdownWrite(now);
        if (c.state == TcpState.FIN_WAIT_2) {
            awaitPeer(c, now);
            c.schedule();
        }
    }

    /// Nobody would hear how long the peer takes to close: there is a bound.
    private static void awaitPeer(TcpConnection c, long now) {
        long most = c.settings.finWait2Nanos;
        if (most < 0) {
            abort(c, now);
            return;
        }
        c.timers.keepAlive(now + (most > 0 ? most : c.stack.parameters.finWait2Nanos));
    }

    static void abort(TcpConnection c, long now) {
        TcpState state = c.state;
        boolean stands = state.isSynchronized() && state != TcpState.TIME_WAIT;
        if (stands || state == TcpState.SYN_RECEIVED) {
            c.stack.responses.resetPeer(c, now);
        }
        c.isOrphan = true;
        fail(c, TcpError.ABORTED, now);
    }

    /// The FIN of the peer was taken.
    static void peerFinished(TcpConnection c, long now) {
        switch (c.state) {
            case ESTABLISHED, SYN_RECEIVED -> c.state = TcpState.CLOSE_WAIT;
            case FIN_WAIT_1 -> {
                if (c.sender.isFinAcked()) {
                    enterTimeWait(c, now);
                } else {
                    c.state = TcpState.CLOSING;
                }
            }
            case FIN_WAIT_2 -> enterTimeWait(c, now);
            default -> {}
        }
        c.event(TcpConnection.READABLE);
    }

    /// Our FIN is acknowledged.
    static void finAcked(TcpConnection c, long now) {
        switch (c.state) {
            case FIN_WAIT_1 -> {
                c.state = TcpState.FIN_WAIT_2;
                c.timers.stopSending();
                if (c.isOrphan) {
                    awaitPeer(c, now);
                }
            }
            case CLOSING -> enterTimeWait(c, now);
            case LAST_ACK -> finish(c);
            default -> {}
        }
    }

    private static void enterTimeWait(TcpConnection c, long now) {
        c.state = TcpState.TIME_WAIT;
        c.sender.clear();
        c.timers.stop();
        c.timers.keepAlive(now + c.stack.parameters.timeWaitNanos);
        c.event(TcpConnection.READABLE | TcpConnection.WRITABLE);
    }

    /// The first cause is the one that is told; silence, by what ICMP said of it.
    static void fail(TcpConnection c, TcpError cause, long now) {
        if (c.error == TcpError.NONE) {
            boolean explained = cause == TcpError.TIMED_OUT && c.softError != TcpError.NONE;
            c.error = explained ? c.softError : cause;
        }
        finish(c);
    }

    static void finish(TcpConnection c) {
        c.hasEnded = true;
        c.state = TcpState.CLOSED;
        c.timers.stop();
        c.sender.clear();
        if (c.isOrphan) {
            c.receiver.discard();
        } else {
            c.receiver.trim();
        }
        c.stack.forget(c);
        c.event(TcpConnection.CLOSED | TcpConnection.READABLE | TcpConnection.WRITABLE);
    }

    private Closing() {}
}
