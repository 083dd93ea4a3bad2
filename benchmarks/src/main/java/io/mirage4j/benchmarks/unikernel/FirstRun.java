// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.unikernel;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Console;
import io.mirage4j.tender.Unikernel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// The start of a virtual machine in this JVM: from the moment that the image is loaded, and the
/// guest's thread enters the machine, to the first octet on its console.
public final class FirstRun {
    private static final int STARTS = 15;
    private static final int MEGABYTES = 64;

    /// Milliseconds, the median of some starts.
    public static double millisToOutput(Path image, String... arguments) throws Exception {
        Guests.requireKvm();
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            var first = new AtomicLong();
            Unikernel.Builder builder =
                    Unikernel.of(image)
                            .memoryMegabytes(MEGABYTES)
                            .arguments(arguments)
                            .console(stamping(first));
            try (Unikernel guest = builder.start()) {
                long begun = System.nanoTime();
                guest.await();
                millis[i] = (first.get() - begun) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[STARTS / 2];
    }

    private static Console stamping(AtomicLong first) {
        return new Console() {
            @Override
            public void write(ReadOnlyCstruct octets) {
                first.compareAndSet(0, System.nanoTime());
            }
        };
    }

    private FirstRun() {}
}
