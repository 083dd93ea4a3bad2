// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.junit;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Console;
import io.mirage4j.tender.Unikernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Starts a unikernel before each test and stops it after. Where none can run the test is skipped.
///
/// ```
/// @RegisterExtension
/// final UnikernelExtension guest = UnikernelExtension.of(() -> Unikernel.of(image));
/// ```
public final class UnikernelExtension implements BeforeEachCallback, AfterEachCallback {
    private final Supplier<Unikernel.Builder> builder;
    private final Output output = new Output();
    private @Nullable Unikernel unikernel;

    private UnikernelExtension(Supplier<Unikernel.Builder> builder) {
        this.builder = builder;
    }

    /// Starts what `builder` gives, anew for each test.
    ///
    /// @param builder says before each test what to start; its console is replaced by [#console]
    public static UnikernelExtension of(Supplier<Unikernel.Builder> builder) {
        return new UnikernelExtension(builder);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Unikernel.unsupported()
                .ifPresent(
                        reason -> {
                            System.out.println(
                                    "skipped: " + context.getDisplayName() + ": " + reason);
                            Assumptions.abort(reason);
                        });
        output.clear();
        unikernel = builder.get().console(output).start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Unikernel started = unikernel;
        if (started != null) {
            started.close();
        }
        unikernel = null;
    }

    /// The one that runs during this test.
    public Unikernel unikernel() {
        Unikernel started = unikernel;
        if (started == null) throw new IllegalStateException("a unikernel runs only during a test");
        return started;
    }

    /// What it has written so far.
    public String console() {
        return output.text();
    }

    /// Waits until it has written `text`.
    ///
    /// @throws AssertionError if it ends, or the time does, before that
    public void awaitConsole(String text, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        Unikernel started = unikernel();
        if (!output.await(text, () -> started.exit().isPresent() || System.nanoTime() - end > 0)) {
            throw new AssertionError(
                    "'%s' was not written (%s), but: %s"
                            .formatted(text, started.exit(), output.text()));
        }
    }

    private static final class Output implements Console {
        private static final long LOOK_MILLIS = 20;

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public synchronized void write(ReadOnlyCstruct text) {
            written.writeBytes(text.toByteArray());
            notifyAll();
        }

        synchronized String text() {
            return written.toString(StandardCharsets.UTF_8);
        }

        synchronized void clear() {
            written.reset();
        }

        /// Waits for a text, and tells whether it came before it was too late for that.
        synchronized boolean await(String text, BooleanSupplier isTooLate)
                throws InterruptedException {
            while (true) {
                boolean isLast = isTooLate.getAsBoolean(); // what it wrote before is seen below
                if (text().contains(text)) return true;
                if (isLast) return false;
                wait(LOOK_MILLIS);
            }
        }
    }
}
