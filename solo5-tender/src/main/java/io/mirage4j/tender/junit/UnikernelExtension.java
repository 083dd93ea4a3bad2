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
        if (started == null) {
            throw new IllegalStateException("a unikernel runs only during a test");
        }
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
        while (!output.awaitMore(text)) {
            boolean isOver = unikernel().exit().isPresent() || System.nanoTime() - end > 0;
            if (isOver && !output.text().contains(text)) {
                throw new AssertionError(
                        "'%s' was not written (%s), but: %s"
                                .formatted(text, unikernel().exit(), output.text()));
            }
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

        /// Whether the text is there, now or after a short wait for more.
        synchronized boolean awaitMore(String text) throws InterruptedException {
            if (!text().contains(text)) {
                wait(LOOK_MILLIS);
            }
            return text().contains(text);
        }
    }
}
