// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.EventFlow;
import io.mirage4j.platform.Flow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What every [EventFlow] does beyond [FlowContract].
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EventFlowContract {
    private static final long PATIENCE_SECONDS = 20;

    private EventFlow near;
    private Flow far;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final EventFlow.Arrival arrival =
            () -> {
                told.add("arrived");
                return false;
            };

    /// A new flow, whose near end is an [EventFlow].
    protected abstract FlowContract.Ends open() throws Exception;

    @BeforeEach
    final void openBothEnds() throws Exception {
        FlowContract.Ends ends = open();
        near = (EventFlow) ends.near();
        far = ends.far();
    }

    @AfterEach
    final void abortBothEnds() {
        near.abort();
        far.abort();
    }

    @Test
    void nothingIsReadWhereNothingIs() throws Exception {
        assertThat(near.tryRead(Cstruct.create(10))).isZero();
        assertThat(near.tryRead(Cstruct.empty())).isZero();
    }

    @Test
    void arrivalIsToldOnceAndTheOctetsAreThere() throws Exception {
        Cstruct buf = Cstruct.create(10);
        for (int turn = 0; turn < 100; turn++) {
            if (near.tell(arrival)) {
                far.write(ReadOnlyCstruct.of("x"));
                awaitArrival();
            } else {
                far.write(ReadOnlyCstruct.of("x"));
            }
            int count = 0;
            while (count == 0) {
                count = near.tryRead(buf);
            }
            assertThat(count).isOne();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whatIsThereAlreadyIsNotTold() throws Exception {
        far.write(ReadOnlyCstruct.of("two parts"));
        awaitSomething(3);
        assertThat(near.tell(arrival)).isFalse();
        assertThat(near.tryRead(Cstruct.create(20))).isEqualTo(6);
        assertThat(told).isEmpty();
    }

    @Test
    void forgottenArrivalIsNotTold() throws Exception {
        drained();
        assertThat(near.tell(arrival)).isTrue();
        assertThat(near.forget(arrival)).isTrue();
        assertThat(near.forget(arrival)).isFalse();
        far.write(ReadOnlyCstruct.of("x"));
        awaitSomething(1);
        assertThat(told).isEmpty();
    }

    @Test
    void endOfTheOctetsIsToldAndReadAgainAndAgain() throws Exception {
        drained();
        boolean waits = near.tell(arrival);
        far.shutdownOutput();
        if (waits) {
            awaitArrival();
        }
        int count = 0;
        while (count == 0) {
            count = near.tryRead(Cstruct.create(1));
        }
        assertThat(count).isEqualTo(Flow.END);
        assertThat(near.tell(arrival)).isFalse();
        assertThat(near.tryRead(Cstruct.create(1))).isEqualTo(Flow.END);
    }

    @Test
    void abortAndCloseAreTold() throws Exception {
        drained();
        assertThat(near.tell(arrival)).isTrue();
        near.abort();
        awaitArrival();
        assertThatIOException().isThrownBy(() -> near.tryRead(Cstruct.create(1)));
        assertThat(near.tell(arrival)).isFalse();
        assertThatIOException().isThrownBy(() -> near.tryWrite(ReadOnlyCstruct.of("x")));
    }

    @Test
    void writesAsMuchAsGoesAtOnce() throws Exception {
        var much = Cstruct.create(1 << 20);
        long written = 0;
        for (int count = 1; count > 0; written += count) {
            count = near.tryWrite(much);
        }
        assertThat(written).isPositive();
        assertThat(near.tryWrite(Cstruct.empty())).isZero();
        Cstruct buf = Cstruct.create(1 << 16);
        for (long left = written; left > 0; ) {
            left -= far.read(buf);
        }
        // There is room again, of which the flow is told in its own time.
        near.write(ReadOnlyCstruct.of("x"));
        assertThat(far.read(buf)).isOne();
    }

    /// Reads in vain, so that the flow knows that there is nothing.
    private void drained() throws IOException {
        while (!near.tell(arrival)) {
            assertThat(near.tryRead(Cstruct.create(1))).isZero();
        }
        assertThat(near.forget(arrival)).isTrue();
    }

    private void awaitSomething(int octets) throws IOException {
        Cstruct buf = Cstruct.create(octets);
        assertThat(near.read(buf)).isEqualTo(octets);
    }

    private void awaitArrival() throws InterruptedException {
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("arrived");
    }
}
