// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Entropy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A disk whose power may fail. What was written since the last [#sync] is then there in part, in
/// any order: each sector holds what it held at the last sync or anything that was written to it
/// since, and one or other is torn: new up to some octet and old behind it. The seed decides, so a
/// failure found once is found again.
///
/// ```java
/// for (int writes = 0; ; writes++) {
///     var disk = FaultyBlockDevice.over(MemoryBlockDevice.create(512, 1000), writes);
///     disk.powerFailsAfter(writes);
///     if (runToTheEnd(disk)) break;
///     disk.powerOn();
///     checkThatNothingIsBroken(disk);
/// }
/// ```
///
/// What is not synced is kept in memory.
public final class FaultyBlockDevice implements BlockDevice {
    private static final long NOT_PLANNED = Long.MAX_VALUE;

    private final BlockDevice durable;
    private final Entropy entropy;
    private final int size;

    /// By sector, what was written since the last sync, oldest first.
    private final SortedMap<Long, List<Cstruct>> unsynced = new TreeMap<>();

    private long writesLeft = NOT_PLANNED;
    private boolean off;

    private FaultyBlockDevice(BlockDevice durable, long seed) {
        this.durable = durable;
        this.entropy = new SeededEntropy(seed);
        size = durable.sectorSize();
    }

    /// A disk whose failures are drawn from `seed`.
    ///
    /// @param durable what survives; it is read and written only through this from now on
    public static FaultyBlockDevice over(BlockDevice durable, long seed) {
        return new FaultyBlockDevice(durable, seed);
    }

    /// Lets `sectors` more sectors be written; in the write after them the power fails.
    public void powerFailsAfter(long sectors) {
        if (sectors < 0) throw new IllegalArgumentException("sectors " + sectors + " < 0");
        writesLeft = sectors;
    }

    /// The power fails now: every call fails until [#powerOn].
    public void powerOff() throws IOException {
        if (off) return;
        off = true;
        writesLeft = NOT_PLANNED;
        for (var entry : unsynced.entrySet()) {
            Cstruct held = Cstruct.create(size);
            durable.read(entry.getKey(), held);
            durable.write(entry.getKey(), survivor(held, entry.getValue()));
        }
        unsynced.clear();
    }

    private Cstruct survivor(Cstruct held, List<Cstruct> written) {
        Cstruct head = draw(held, written);
        Cstruct tail = draw(held, written);
        boolean tears = entropy.nextInt(8) == 0;
        Cstruct result = Cstruct.of(head.toByteArray());
        if (tears) {
            int at = entropy.nextInt(size);
            tail.copyTo(at, result, at, size - at);
        }
        return result;
    }

    private Cstruct draw(Cstruct held, List<Cstruct> written) {
        int which = entropy.nextInt(written.size() + 1);
        return which == 0 ? held : written.get(which - 1);
    }

    /// The disk works again, with what is left on it.
    public void powerOn() {
        off = false;
    }

    /// How many sectors would be lost or not if the power failed now.
    public int unsyncedSectors() {
        return unsynced.size();
    }

    @Override
    public int sectorSize() {
        return size;
    }

    @Override
    public long sectors() {
        return durable.sectors();
    }

    @Override
    public boolean isReadOnly() {
        return durable.isReadOnly();
    }

    @Override
    public void read(long sector, Cstruct target) throws IOException {
        int count = checkOctets(sector, target.length());
        checkPower();
        durable.read(sector, target);
        for (var entry : unsynced.subMap(sector, sector + count).entrySet()) {
            List<Cstruct> written = entry.getValue();
            target.put((int) (entry.getKey() - sector) * size, written.get(written.size() - 1));
        }
    }

    @Override
    public void write(long sector, ReadOnlyCstruct source) throws IOException {
        int count = checkOctets(sector, source.length());
        checkPower();
        if (isReadOnly()) throw new IOException("device is read only");
        for (int i = 0; i < count; i++) {
            if (writesLeft == 0) {
                powerOff();
                checkPower();
            }
            if (writesLeft != NOT_PLANNED) {
                writesLeft--;
            }
            unsynced.computeIfAbsent(sector + i, _ -> new ArrayList<>())
                    .add(Cstruct.of(source.toByteArray(i * size, size)));
        }
    }

    @Override
    public void sync() throws IOException {
        checkPower();
        for (var entry : unsynced.entrySet()) {
            List<Cstruct> written = entry.getValue();
            durable.write(entry.getKey(), written.get(written.size() - 1));
        }
        unsynced.clear();
        durable.sync();
    }

    @Override
    public void discard(long sector, long count) throws IOException {
        checkSectors(sector, count);
        checkPower();
        unsynced.subMap(sector, sector + count).clear();
        durable.discard(sector, count);
    }

    private void checkPower() throws IOException {
        if (off) throw new IOException("power is off");
    }
}
