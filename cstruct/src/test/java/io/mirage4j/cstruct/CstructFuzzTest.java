// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.mirage4j.cstruct.Fields.Reader;
import io.mirage4j.cstruct.Fields.Writer;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Objects;

/// Accesses of any kind, at any offset, one after the other, beside the same on a plain array: the
/// values are equal, the refusals are the same, and nothing around the window changes.
class CstructFuzzTest {
    private static final int GUARD = 16;

    @FuzzTest(maxDuration = "60s")
    void accessesDoWhatTheModelDoes(FuzzedDataProvider data) {
        int length = data.consumeInt(0, 64);
        boolean onHeap = data.consumeBoolean();
        Cstruct around =
                onHeap
                        ? Cstruct.create(length + 2 * GUARD)
                        : Cstruct.allocate(Arena.ofAuto(), length + 2 * GUARD, 8);
        Cstruct window = around.sub(GUARD, length);
        byte[] model = new byte[length];
        while (data.remainingBytes() > 0) {
            int off = data.consumeBoolean() ? data.consumeInt(-2, 66) : data.consumeInt();
            switch (data.consumeInt(0, 5)) {
                case 0 -> read(data.pickValue(Fields.READERS), window, model, off);
                case 1 ->
                        write(
                                data.pickValue(Fields.WRITERS),
                                window,
                                model,
                                off,
                                data.consumeLong());
                case 2 -> fill(window, model, off, data.consumeInt(-1, 65), data.consumeByte());
                case 3 -> sub(window, model, off, data.consumeInt(-1, 65));
                case 4 -> search(window, model, data.consumeByte());
                default -> sum(window, model, off, data.consumeInt(-1, 65));
            }
            same(model, window.toByteArray(), "octets");
        }
        same(new byte[GUARD], around.toByteArray(0, GUARD), "octets ahead of the window");
        same(new byte[GUARD], around.shift(GUARD + length).toByteArray(), "octets behind it");
    }

    private static void read(Reader reader, Cstruct window, byte[] model, int off) {
        if (refused(off, reader.shape().size(), model, () -> reader.ours().from(window, off))) {
            return;
        }
        Object expected = reader.meaning().apply(reader.shape().bits(model, off));
        Object actual = reader.ours().from(window, off);
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(
                    reader.shape().name() + " at " + off + ": " + actual + ", not " + expected);
        }
    }

    private static void write(Writer writer, Cstruct window, byte[] model, int off, long v) {
        if (!refused(off, writer.shape().size(), model, () -> writer.ours().to(window, off, v))) {
            writer.shape().write(model, off, v);
        }
    }

    private static void fill(Cstruct window, byte[] model, int off, int len, byte octet) {
        if (!refused(off, len, model, () -> window.fill(off, len, octet))) {
            Arrays.fill(model, off, off + len, octet);
        }
    }

    private static void sub(Cstruct window, byte[] model, int off, int len) {
        if (!refused(off, len, model, () -> window.sub(off, len))) {
            same(
                    Arrays.copyOfRange(model, off, off + len),
                    window.sub(off, len).toByteArray(),
                    "sub");
        }
    }

    private static void search(Cstruct window, byte[] model, byte octet) {
        int first = 0;
        while (first < model.length && model[first] != octet) {
            first++;
        }
        if (window.indexOf(octet) != (first < model.length ? first : -1)) {
            throw new AssertionError("indexOf " + octet + ": " + window.indexOf(octet));
        }
    }

    private static void sum(Cstruct window, byte[] model, int off, int len) {
        if (!refused(off, len, model, () -> InternetChecksum.onesComplementSum(window, off, len))) {
            long sum = InternetChecksum.onesComplementSum(window, off, len);
            if (InternetChecksum.fold(sum) != PlainChecksum.fold(model, off, len)) {
                throw new AssertionError("sum of " + off + " + " + len + ": " + sum);
            }
        }
    }

    /// Runs `access` and tells whether it was refused, which must be so just when it leaves.
    private static boolean refused(int off, int len, byte[] model, Runnable access) {
        boolean leaves = off < 0 || len < 0 || (long) off + len > model.length;
        try {
            access.run();
        } catch (IndexOutOfBoundsException e) {
            if (!leaves || !e.getMessage().startsWith("offset " + off + " + length " + len)) {
                throw new AssertionError("refused: " + off + " + " + len, e);
            }
            return true;
        }
        if (leaves) throw new AssertionError("not refused: " + off + " + " + len);
        return false;
    }

    private static void same(byte[] expected, byte[] actual, String what) {
        if (!Arrays.equals(expected, actual)) {
            throw new AssertionError(
                    what + ": " + Arrays.toString(actual) + ", not " + Arrays.toString(expected));
        }
    }
}
