// SPDX-License-Identifier: Apache-2.0
package adder;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.ring.BackRing;
import io.mirage4j.ring.Doorbell;
import io.mirage4j.ring.FifoDoorbell;
import io.mirage4j.ring.FrontRing;
import io.mirage4j.ring.RequestIds;
import io.mirage4j.ring.RingFile;
import io.mirage4j.ring.RingKind;
import io.mirage4j.ring.SlotRing;

import java.io.IOException;
import java.nio.file.Path;

/// Two processes and a ring in a file: the front asks for sums, the back adds.
///
/// `Adder make FILE`, then `Adder front FILE COUNT` and `Adder back FILE COUNT` in any order.
public final class Adder {
    /// The larger of request and response: each slot has room for either.
    private static final int SLOT_OCTETS = AddRequestLayout.SIZE;

    private static final RingKind KIND = new RingKind.Requests(SLOT_OCTETS, 1);

    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[1]);
        if (args[0].equals("make")) {
            FifoDoorbell.create(Path.of(path + ".front")).close();
            FifoDoorbell.create(Path.of(path + ".back")).close();
            RingFile.create(path, KIND).close();
            return;
        }
        boolean isFront = args[0].equals("front");
        try (RingFile file = RingFile.open(path, KIND);
                FifoDoorbell mine = FifoDoorbell.open(Path.of(path + "." + args[0]));
                FifoDoorbell peer =
                        FifoDoorbell.open(Path.of(path + (isFront ? ".back" : ".front")))) {
            int count = Integer.parseInt(args[2]);
            int sleeps =
                    isFront
                            ? front(
                                    FrontRing.attach(file.memory(), SLOT_OCTETS, 0),
                                    count,
                                    mine,
                                    peer)
                            : back(BackRing.attach(file.memory(), SLOT_OCTETS), count, mine, peer);
            System.out.println(args[0] + ": " + count + " done, slept " + sleeps + " times");
        }
    }

    private static int front(FrontRing ring, int count, Doorbell mine, Doorbell peer)
            throws IOException, InterruptedException {
        Cstruct memory = ring.memory();
        RequestIds<Integer> asked = new RequestIds<>(ring.count());
        int sleeps = 0;
        for (int sent = 0, got = 0; ; ) {
            for (int slot; sent < count && (slot = ring.slot()) != SlotRing.NONE; sent++) {
                AddRequestLayout.putId(memory, slot, asked.allocate(sent));
                AddRequestLayout.putA(memory, slot, sent);
                AddRequestLayout.putB(memory, slot, 7 * sent);
                ring.commit();
            }
            if (ring.push()) {
                peer.ring();
            }
            for (int slot; (slot = ring.poll()) != SlotRing.NONE; got++) {
                int id = AddResponseLayout.id(memory, slot); // each field is read once
                int sum = AddResponseLayout.sum(memory, slot);
                Integer a = asked.complete(Integer.toUnsignedLong(id));
                if (a == null || sum != 8 * a) {
                    throw new IOException("id " + id + " and sum " + sum + " answer nothing");
                }
            }
            if (got == count) return sleeps;
            if (sent < count && ring.room() > 0) {
                continue; // there is more to ask before there is reason to sleep
            }
            switch (ring.finalCheck()) {
                case WORK -> {}
                case NOTHING -> {
                    sleeps++;
                    mine.await();
                }
                case FAULT -> throw new IOException("back: " + ring.fault());
            }
        }
    }

    private static int back(BackRing ring, int count, Doorbell mine, Doorbell peer)
            throws IOException, InterruptedException {
        Cstruct memory = ring.memory();
        int sleeps = 0;
        for (int next = 0; ; ) {
            for (int slot; (slot = ring.poll()) != SlotRing.NONE; next++) {
                int id = AddRequestLayout.id(memory, slot);
                int a = AddRequestLayout.a(memory, slot);
                int b = AddRequestLayout.b(memory, slot);
                if (a != next) throw new IOException("request " + a + " came instead of " + next);
                int answer = ring.slot();
                AddResponseLayout.putId(memory, answer, id);
                AddResponseLayout.putSum(memory, answer, a + b);
                ring.commit();
            }
            if (ring.push()) {
                peer.ring();
            }
            if (next == count) return sleeps;
            switch (ring.finalCheck()) {
                case WORK -> {}
                case NOTHING -> {
                    sleeps++;
                    mine.await();
                }
                case FAULT -> throw new IOException("front: " + ring.fault());
            }
        }
    }

    private Adder() {}
}

/// A request. From a declaration the processor of cstruct-layout makes `AddRequestLayout`.
@Layout(size = 12)
@LittleEndian
interface AddRequest {
    @U32
    int id();

    @U32
    int a();

    @U32
    int b();
}

@Layout(size = 8)
@LittleEndian
interface AddResponse {
    @U32
    int id();

    @U32
    int sum();
}
