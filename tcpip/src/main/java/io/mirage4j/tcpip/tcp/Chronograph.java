// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What the sender's time goes to. Of several reasons that hold at once the last one counts.
final class Chronograph {
    static final int IDLE = 0;
    static final int BUSY = 1;
    static final int WINDOW_LIMITED = 2;
    static final int BUFFER_LIMITED = 3;

    private int reason;
    private long since;
    private long busy;
    private long windowLimited;
    private long bufferLimited;

    void start(int why, long now) {
        if (why > reason) {
            change(why, now);
        }
    }

    /// A reason has gone; `isBusy`: there is something on its way still.
    void stop(int why, boolean isBusy, long now) {
        if (why == reason) {
            change(isBusy ? BUSY : IDLE, now);
        }
    }

    private void change(int why, long now) {
        add(now);
        reason = why;
        since = now;
    }

    private void add(long now) {
        long spent = now - since;
        switch (reason) {
            case BUSY -> busy += spent;
            case WINDOW_LIMITED -> windowLimited += spent;
            case BUFFER_LIMITED -> bufferLimited += spent;
            default -> {}
        }
    }

    /// Data were queued or on their way, whatever held them back.
    long busy(long now) {
        return busy
                + windowLimited
                + bufferLimited
                + (reason != IDLE && now > since ? now - since : 0);
    }

    long windowLimited(long now) {
        return windowLimited + (reason == WINDOW_LIMITED ? now - since : 0);
    }

    long bufferLimited(long now) {
        return bufferLimited + (reason == BUFFER_LIMITED ? now - since : 0);
    }
}
