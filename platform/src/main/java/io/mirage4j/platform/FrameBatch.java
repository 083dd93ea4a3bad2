// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

import java.util.Objects;

/// Frames that came in together, each with its [FrameNote]. Made once and filled again and again by
/// one thread; the frames are the device's. Nothing here allocates once it is made.
public final class FrameBatch {
    private final Cstruct[] frames;
    private final FrameNote[] notes;
    private int size;

    private FrameBatch(int capacity) {
        if (capacity < 1) throw new IllegalArgumentException("capacity " + capacity + " < 1");
        frames = new Cstruct[capacity];
        notes = new FrameNote[capacity];
        for (int i = 0; i < capacity; i++) {
            frames[i] = Cstruct.empty();
            notes[i] = new FrameNote();
        }
    }

    /// A batch with room for `capacity` frames, at least one.
    public static FrameBatch create(int capacity) {
        return new FrameBatch(capacity);
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == frames.length;
    }

    public Cstruct frame(int index) {
        return frames[Objects.checkIndex(index, size)];
    }

    public FrameNote note(int index) {
        return notes[Objects.checkIndex(index, size)];
    }

    /// Empties the batch. What its windows show it still refers to, until they are replaced.
    public void clear() {
        size = 0;
    }

    /// For devices: the note of the frame that [#add] will add; whatever it says now.
    ///
    /// @throws IndexOutOfBoundsException if the batch is full
    public FrameNote nextNote() {
        return notes[Objects.checkIndex(size, notes.length)];
    }

    /// For devices: adds a frame with what [#nextNote] says.
    ///
    /// @throws IndexOutOfBoundsException if the batch is full
    public void add(Cstruct frame) {
        frames[Objects.checkIndex(size, frames.length)] = frame;
        size++;
    }
}
