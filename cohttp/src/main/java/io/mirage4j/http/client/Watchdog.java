// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.platform.Flow;

import java.util.concurrent.TimeUnit;

/// Aborts a flow when the time for all is over, unless it is called off before.
final class Watchdog {
    private final Thread thread;
    private volatile boolean off;

    Watchdog(Flow flow, long nanos) {
        thread =
                Thread.ofVirtual()
                        .name("http watchdog")
                        .start(
                                () -> {
                                    try {
                                        TimeUnit.NANOSECONDS.sleep(nanos);
                                        if (!off) {
                                            flow.abort();
                                        }
                                    } catch (InterruptedException e) {
                                        // Called off.
                                    }
                                });
    }

    void callOff() {
        off = true;
        thread.interrupt();
    }
}
