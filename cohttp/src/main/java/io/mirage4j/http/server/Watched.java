// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;

import java.io.IOException;

/// A flow that is aborted when what goes on there takes too long: writes have no timeout of their
/// own, and a handler may be anywhere. Its thread sets the deadlines, the server's looks at them.
final class Watched {
    static final long NEVER = Long.MAX_VALUE;

    private final Flow flow;
    private final Clock clock;
    private volatile long writeBy = NEVER;
    private volatile long totalBy = NEVER;

    Watched(Flow flow, Clock clock) {
        this.flow = flow;
        this.clock = clock;
    }

    Flow flow() {
        return flow;
    }

    /// Writes all of `piece` within so much time.
    void write(ReadOnlyCstruct piece, long nanos) throws IOException {
        writeBy = clock.nanoTime() + nanos;
        flow.write(piece);
        writeBy = NEVER;
    }

    void totalBy(long deadline) {
        totalBy = deadline;
    }

    long totalBy() {
        return totalBy;
    }

    /// Aborts the flow if it is too late; tells whether it did.
    boolean look(long now) {
        boolean late = now > writeBy || now > totalBy;
        if (late) {
            writeBy = totalBy = NEVER;
            flow.abort();
        }
        return late;
    }

    void abort() {
        flow.abort();
    }
}
