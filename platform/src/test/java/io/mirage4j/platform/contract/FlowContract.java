// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// What every [Flow] does.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FlowContract {
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// Two ends of one flow.
    public record Ends(Flow near, Flow far) {}

    private Flow near;
    private Flow far;

    /// A new flow that takes at least 128 octets before its writer has to wait for a reader.
    protected abstract Ends open() throws Exception;

    /// More octets than the flow holds without a reader. What is given here is enough for kernel
    /// sockets.
    protected int plenty() {
        return 20_000_003;
    }

    @BeforeEach
    final void openBothEnds() throws Exception {
        Ends ends = open();
        near = ends.near();
        far = ends.far();
    }

    @AfterEach
    final void abortBothEnds() {
        near.abort();
        far.abort();
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        near.write(ReadOnlyCstruct.of("hello"));
        assertThat(readText(far, 5)).isEqualTo("hello");
    }

    @Test
    void bothDirectionsAreTheirOwn() throws Exception {
        near.write(ReadOnlyCstruct.of("ping"));
        far.write(ReadOnlyCstruct.of("pong"));
        assertThat(readText(near, 4)).isEqualTo("pong");
        assertThat(readText(far, 4)).isEqualTo("ping");
    }

    @Test
    void aReadReturnsWhatThereIsAndTouchesNothingBehindIt() throws Exception {
        near.write(ReadOnlyCstruct.of("abc"));
        Cstruct buf = Cstruct.create(10);
        buf.fill('.');
        int count = far.read(buf);
        assertThat(count).isBetween(1, 3);
        assertThat(buf.text(StandardCharsets.UTF_8))
                .isEqualTo("abc".substring(0, count) + ".".repeat(10 - count));
    }

    @Test
    void aSmallBufferLeavesTheRestForTheNextRead() throws Exception {
        near.write(ReadOnlyCstruct.of("abcdef"));
        assertThat(readText(far, 2)).isEqualTo("ab");
        assertThat(readText(far, 4)).isEqualTo("cdef");
    }

    @Test
    void theCallerMayReuseTheBufferOfAWrite() throws Exception {
        Cstruct buf = Cstruct.create(1);
        for (int octet = 0; octet < 100; octet++) {
            buf.putU8(0, octet);
            near.write(buf);
        }
        Cstruct all = readFully(far, 100);
        for (int octet = 0; octet < 100; octet++) {
            assertThat(all.u8(octet)).isEqualTo(octet);
        }
    }

    @Test
    void emptyBuffersReadAndWriteNothing() throws Exception {
        near.write(Cstruct.empty());
        assertThat(far.read(Cstruct.empty())).isZero();
        near.write(ReadOnlyCstruct.of("x"));
        assertThat(readText(far, 1)).isEqualTo("x");
    }

    @Test
    void readWaitsForOctets() throws Exception {
        var reader = Together.run(() -> readText(far, 5)).awaitBlocked();
        near.write(ReadOnlyCstruct.of("later"));
        assertThat(reader.result()).isEqualTo("later");
    }

    @Test
    void aLongWriteWaitsForItsReaderAndArrivesWhole() throws Exception {
        byte[] octets = randomOctets(plenty());
        var writer =
                Together.run(
                                () -> {
                                    near.write(Cstruct.of(octets));
                                    near.shutdownOutput();
                                    return true;
                                })
                        .awaitBlocked();
        assertThat(readToEnd(far)).isEqualTo(octets);
        assertThat(writer.result()).isTrue();
    }

    @Test
    void bothEndsMayWriteALotAtOnce() throws Exception {
        byte[] there = randomOctets(plenty() / 2);
        byte[] back = randomOctets(plenty() / 3);
        var nearWriter = Together.run(() -> writeAndShutDown(near, there));
        var farWriter = Together.run(() -> writeAndShutDown(far, back));
        var farReader = Together.run(() -> readToEnd(far));
        assertThat(readToEnd(near)).isEqualTo(back);
        assertThat(farReader.result()).isEqualTo(there);
        assertThat(nearWriter.result()).isEqualTo(farWriter.result());
    }

    @Test
    void afterShutdownTheOtherEndReadsWhatCameAndThenTheEnd() throws Exception {
        near.write(ReadOnlyCstruct.of("bye"));
        near.shutdownOutput();
        assertThat(readText(far, 3)).isEqualTo("bye");
        assertThat(far.read(Cstruct.create(1))).isEqualTo(Flow.END);
        assertThat(far.read(Cstruct.create(1))).isEqualTo(Flow.END);
    }

    @Test
    void afterShutdownTheOtherDirectionGoesOn() throws Exception {
        near.shutdownOutput();
        far.write(ReadOnlyCstruct.of("still here"));
        assertThat(readText(near, 10)).isEqualTo("still here");
    }

    @Test
    void shutdownWakesAWaitingReader() throws Exception {
        var reader = Together.run(() -> far.read(Cstruct.create(1))).awaitBlocked();
        near.shutdownOutput();
        assertThat(reader.result()).isEqualTo(Flow.END);
    }

    @Test
    void writeAfterShutdownFails() throws Exception {
        near.shutdownOutput();
        near.shutdownOutput();
        assertThatIOException().isThrownBy(() -> near.write(ReadOnlyCstruct.of("x")));
    }

    @Test
    void whatWasWrittenBeforeCloseIsDelivered() throws Exception {
        near.write(ReadOnlyCstruct.of("last words"));
        near.close();
        near.close();
        assertThat(readText(far, 10)).isEqualTo("last words");
        assertThat(far.read(Cstruct.create(1))).isEqualTo(Flow.END);
    }

    @Test
    void aClosedEndNeitherReadsNorWrites() throws Exception {
        near.close();
        assertThatIOException().isThrownBy(() -> near.read(Cstruct.create(1)));
        assertThatIOException().isThrownBy(() -> near.write(ReadOnlyCstruct.of("x")));
    }

    @Test
    void closeWakesItsOwnReader() throws Exception {
        var reader = Together.run(() -> near.read(Cstruct.create(1))).awaitBlocked();
        near.close();
        assertThatIOException().isThrownBy(reader::result);
    }

    @Test
    void writesToAClosedEndFailInTheEnd() throws Exception {
        near.close();
        // The news may take its time over a network; a flow without a reader holds only so much.
        assertThatIOException().isThrownBy(() -> far.write(Cstruct.create(plenty())));
    }

    @Test
    void closeWakesTheOtherEndsWriter() throws Exception {
        var writer = Together.run(() -> writeAndShutDown(far, new byte[plenty()])).awaitBlocked();
        near.close();
        assertThatIOException().isThrownBy(writer::result);
    }

    @Test
    void abortFailsTheReadersOfBothEnds() throws Exception {
        var nearReader = Together.run(() -> near.read(Cstruct.create(1))).awaitBlocked();
        var farReader = Together.run(() -> far.read(Cstruct.create(1))).awaitBlocked();
        near.abort();
        near.abort();
        assertThatIOException().isThrownBy(nearReader::result);
        assertThatIOException().isThrownBy(farReader::result);
    }

    @Test
    void abortFailsTheWritersOfBothEnds() throws Exception {
        var nearWriter =
                Together.run(() -> writeAndShutDown(near, new byte[plenty()])).awaitBlocked();
        var farWriter =
                Together.run(() -> writeAndShutDown(far, new byte[plenty()])).awaitBlocked();
        near.abort();
        assertThatIOException().isThrownBy(nearWriter::result);
        assertThatIOException().isThrownBy(farWriter::result);
    }

    @Test
    void anAbortedEndNeitherReadsNorWrites() {
        near.abort();
        assertThatIOException().isThrownBy(() -> near.read(Cstruct.create(1)));
        assertThatIOException().isThrownBy(() -> near.write(ReadOnlyCstruct.of("x")));
        assertThatIOException().isThrownBy(near::shutdownOutput);
    }

    @Test
    void aReadThatTimesOutLeavesTheFlowAsItWas() throws Exception {
        far.readTimeout(SOON_NANOS);
        assertThatThrownBy(() -> far.read(Cstruct.create(1))).isInstanceOf(TimedOutException.class);
        near.write(ReadOnlyCstruct.of("late"));
        assertThat(readText(far, 4)).isEqualTo("late");
        far.readTimeout(0);
        var reader = Together.run(() -> readText(far, 5)).awaitBlocked();
        near.write(ReadOnlyCstruct.of("later"));
        assertThat(reader.result()).isEqualTo("later");
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatThrownBy(() -> near.readTimeout(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptedReadLeavesTheFlowAsItWas() throws Exception {
        var reader =
                Together.run(
                                () -> {
                                    try {
                                        far.read(Cstruct.create(1));
                                        return "no exception";
                                    } catch (InterruptedIOException e) {
                                        return "interrupted: "
                                                + Thread.currentThread().isInterrupted();
                                    }
                                })
                        .awaitBlocked()
                        .interrupt();
        assertThat(reader.result()).isEqualTo("interrupted: true");
        near.write(ReadOnlyCstruct.of("on"));
        assertThat(readText(far, 2)).isEqualTo("on");
    }

    @Test
    void anInterruptedWriteSaysHowMuchHasGone() throws Exception {
        byte[] octets = randomOctets(plenty());
        var writer =
                Together.run(
                                () -> {
                                    try {
                                        near.write(Cstruct.of(octets));
                                        return -1;
                                    } catch (InterruptedIOException e) {
                                        return e.bytesTransferred;
                                    }
                                })
                        .awaitBlocked()
                        .interrupt();
        int gone = writer.result();
        assertThat(gone).isNotNegative().isLessThan(plenty());
        var rest =
                Together.run(
                        () -> writeAndShutDown(near, Arrays.copyOfRange(octets, gone, plenty())));
        assertThat(readToEnd(far)).isEqualTo(octets);
        rest.result();
    }

    private static boolean writeAndShutDown(Flow flow, byte[] octets) throws IOException {
        flow.write(Cstruct.of(octets));
        flow.shutdownOutput();
        return true;
    }

    private static Cstruct readFully(Flow flow, int len) throws IOException {
        Cstruct all = Cstruct.create(len);
        for (int at = 0; at < len; ) {
            int count = flow.read(all.shift(at));
            assertThat(count).as("octets read, of %d wanted", len - at).isPositive();
            at += count;
        }
        return all;
    }

    private static String readText(Flow flow, int len) throws IOException {
        return readFully(flow, len).text(StandardCharsets.UTF_8);
    }

    private static byte[] readToEnd(Flow flow) throws IOException {
        var all = new ByteArrayOutputStream();
        Cstruct buf = Cstruct.create(10_007);
        for (int count; (count = flow.read(buf)) != Flow.END; ) {
            all.writeBytes(buf.toByteArray(0, count));
        }
        return all.toByteArray();
    }

    private static byte[] randomOctets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }
}
