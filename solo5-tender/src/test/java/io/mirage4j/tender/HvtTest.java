// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.MemoryConsole;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.tender.image.RefusedException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// Guests in virtual machines of this JVM.
@Timeout(120)
class HvtTest {
    private static final int DISK_OCTETS = 1 << 16;

    @TempDir Path dir;
    private final MemoryConsole console = new MemoryConsole();

    @Test
    void greets() throws Exception {
        assertThat(run(Guests.Devices.NONE, "hello", "you", "all")).isEqualTo(new Exit.Halted(0));
        assertThat(console.text()).isEqualTo("hello, you all\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 255})
    void theStatusOfTheGuestIsAValue(int status) throws Exception {
        assertThat(run(Guests.Devices.NONE, "exit", String.valueOf(status)))
                .isEqualTo(new Exit.Halted(status));
    }

    @Test
    void isToldOfItsMemoryAndItsArguments() throws Exception {
        run(Guests.Devices.NONE, "boot", "a  b");
        assertThat(console.text())
                .contains("memory 16777216\n", "bss 0\n", "data 5\n", "entries 1\n")
                // The address of a frame at the end of memory, below what a call would have pushed.
                .contains("stack 16777200\n")
                .contains("command line 'boot a  b'\n");
    }

    @Test
    void memoryIsRoundedDownToWholeLargePages() throws Exception {
        start(Guests.Devices.NONE, builder -> builder.memoryMegabytes(11).arguments("boot"));
        assertThat(console.text()).contains("memory 10485760\n");
    }

    @Test
    void memoryOutOfRangeIsRefused() {
        for (int megabytes : new int[] {0, -1, 4097}) {
            assertThatThrownBy(
                            () ->
                                    start(
                                            Guests.Devices.NONE,
                                            builder -> builder.memoryMegabytes(megabytes)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("memory of " + megabytes + " MB: give 1 to 4096 by --mem");
        }
    }

    @Test
    void anImageThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> start(Guests.Devices.NONE, builder -> builder.memoryMegabytes(2)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("does not fit into memory of 0x200000; give more by --mem");
    }

    /// Table of section 4 of the facts on the interface.
    @Test
    void theProcessorStartsInTheStateOfTheInterface() throws Exception {
        run(Guests.Devices.NONE, "processor");
        assertThat(console.text())
                .isEqualTo(
                        """
                        cr0 %d
                        cr3 %d
                        cr4 %d
                        efer %d
                        cs 8
                        ss 16
                        """
                                .formatted(
                                        1L << 31 | 1 << 16 | 1 << 5 | 1, // PG WP NE PE
                                        0x2000,
                                        1 << 10 | 1 << 9 | 1 << 5, // OSXMMEXCPT OSFXSR PAE
                                        1 << 10 | 1 << 8)); // LMA LME
    }

    @Test
    void clocksRunAndWaitsLast() throws Exception {
        long before = System.currentTimeMillis();
        assertThat(run(Guests.Devices.NONE, "clocks"))
                .as(console.text())
                .isEqualTo(new Exit.Halted(0));
        long wall =
                console.text()
                        .lines()
                        .filter(line -> line.startsWith("wall "))
                        .mapToLong(line -> Long.parseLong(line.substring(5)) / 1_000_000)
                        .findFirst()
                        .orElseThrow();
        assertThat(wall).isBetween(before, System.currentTimeMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "null, faulted without a handler",
        "invalid, faulted without a handler",
        "write-text, 'accessed 0x100',",
        "hlt, halted the processor without a hypercall",
        "port 1280, hypercall 0 does not exist",
        "port 1289, invalid access to port 0x509",
        "port 96, invalid access to port 0x60",
        "in, invalid access to port 0x500",
        "puts-at 16777210, 'address 0xfffffa + length 0x10, memory ends at 0x1000000'",
        "puts-wrap, address 0xfffffffffffffff8",
        "puts-long, length 0xffffffffffffffff",
        "argument-at 16777212, address 0xfffffc",
        "argument-at 4294967292, address 0xfffffffc",
        "argument-at 1048576, 0x100000..0x102000 is not to be written",
        "cookie 16777000, address 0xffff28 + length 0x200",
    })
    void whatNoGuestMayDoEndsItWithAReason(String command, String reason) throws Exception {
        assertThat(run(Guests.Devices.NONE, command.split(" ")))
                .isInstanceOfSatisfying(
                        Exit.Fault.class, fault -> assertThat(fault.reason()).contains(reason));
    }

    @Test
    void aCookieInMemoryIsTaken() throws Exception {
        assertThat(run(Guests.Devices.NONE, "cookie", "5")).isEqualTo(new Exit.Halted(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "wait 60000000000", "talk 10000000"})
    void stopEndsAGuestWhateverItDoes(String command) throws Exception {
        try (Unikernel guest = builder(Guests.Devices.NONE).arguments(command.split(" ")).start()) {
            assertThat(guest.await(Duration.ofMillis(100))).isEmpty();
            assertThat(guest.stop()).isEqualTo(new Exit.Stopped());
            assertThat(guest.stop()).as("again").isEqualTo(new Exit.Stopped());
        }
    }

    @Test
    void stopAtOnceIsNotLost() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Unikernel guest = builder(Guests.Devices.NONE).arguments("spin").start()) {
                assertThat(guest.stop()).isEqualTo(new Exit.Stopped());
            }
        }
    }

    @Test
    void manyRunAtTheSameTime() throws Exception {
        Unikernel[] guests = new Unikernel[6];
        for (int i = 0; i < guests.length; i++) {
            guests[i] =
                    builder(Guests.Devices.NONE).arguments("exit", String.valueOf(100 + i)).start();
        }
        for (int i = 0; i < guests.length; i++) {
            assertThat(guests[i].await()).isEqualTo(new Exit.Halted(100 + i));
        }
    }

    @Test
    void aFileIsABlockDevice() throws Exception {
        Path file = disk(DISK_OCTETS);
        assertThat(start(Guests.Devices.BLOCK, builder -> attach(builder, file).arguments("disk")))
                .as(console.text())
                .isEqualTo(new Exit.Halted(0));
        byte[] octets = Files.readAllBytes(file);
        for (int i = 0; i < octets.length; i++) {
            assertThat(octets[i]).isEqualTo((byte) (i / 512 + i % 512));
        }
    }

    @Test
    void anObjectIsABlockDevice() throws Exception {
        Cstruct memory = Cstruct.create(DISK_OCTETS);
        var device = MemoryBlockDevice.over(memory, 4096);
        assertThat(
                        start(
                                Guests.Devices.BLOCK,
                                builder -> builder.block("storage", device).arguments("disk")))
                .as(console.text())
                .isEqualTo(new Exit.Halted(0));
        for (int i = 0; i < memory.length(); i++) {
            assertThat(memory.u8(i)).isEqualTo(i / 4096 + i % 4096 & 0xff);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"block-lengths", "block-refusals"})
    void blocksOfAnyLengthInsideTheCapacityAreMoved(String command) throws Exception {
        Path file = disk(DISK_OCTETS);
        assertThat(start(Guests.Devices.BLOCK, builder -> attach(builder, file).arguments(command)))
                .as(console.text())
                .isEqualTo(new Exit.Halted(0));
        assertThat(Files.size(file)).isEqualTo(DISK_OCTETS);
        var device = MemoryBlockDevice.create(4096, DISK_OCTETS / 4096);
        assertThat(
                        start(
                                Guests.Devices.BLOCK,
                                builder -> builder.block("storage", device).arguments(command)))
                .as(console.text())
                .isEqualTo(new Exit.Halted(0));
    }

    @Test
    void aBlockIsNotReadOverTheText() throws Exception {
        Path file = disk(DISK_OCTETS);
        assertThat(
                        start(
                                Guests.Devices.BLOCK,
                                builder -> attach(builder, file).arguments("read-over-text")))
                .isInstanceOfSatisfying(
                        Exit.Fault.class,
                        fault -> assertThat(fault.reason()).contains("is not to be written"));
    }

    @Test
    void sizesOfSectorsAndFilesAreChecked() throws Exception {
        Path odd = disk(521 * 3);
        refused("storage': sectors of 521 octets", b -> attach(b, odd).sectorSize("storage", 521));
        refused("storage': sectors of 256 octets", b -> attach(b, odd).sectorSize("storage", 256));
        refused("storage': 1563 octets are not", b -> attach(b, odd));
        refused("storage': 0 octets are not", b -> attach(b, disk(0)));
        start(
                Guests.Devices.BLOCK,
                b -> attach(b, disk(8192)).sectorSize("storage", 4096).arguments("boot"));
        assertThat(console.text()).contains("attached 1", "capacity 8192", "sector 4096");
    }

    @Test
    void whatIsAttachedIsWhatIsDeclared() throws Exception {
        refused("block device 'storage' is declared by the image but not attached", b -> b);
        refused(
                "block device 'other' is not in the manifest of the image, which has block device"
                        + " 'storage'",
                b -> b.block("other", disk(512)));
        refused("block device 'storage' is attached twice", b -> attach(attach(b, disk(512)), dir));
        refused(
                "network device 'storage' is not in the manifest",
                b -> b.net("storage", MemoryLink.create(2).left()));
    }

    @Test
    void argumentsThatAreTooLongAreRefused() {
        assertThatThrownBy(
                        () ->
                                start(
                                        Guests.Devices.NONE,
                                        b -> b.arguments("hello", "x".repeat(8186))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("a guest takes at most 8191");
    }

    @Test
    void argumentsOfTheGreatestLengthArrive() throws Exception {
        String longest = "x".repeat(8191 - "hello ".length());
        run(Guests.Devices.NONE, "hello", longest);
        assertThat(console.text()).isEqualTo("hello, " + longest + "\n");
    }

    @Test
    void theAddressOfANetworkDeviceIsItsOwnOrTheGivenOne() throws Exception {
        var link = MemoryLink.create(2, 1400);
        start(Guests.Devices.NETWORK, b -> b.net("service0", link.right()).arguments("boot"));
        assertThat(console.text())
                .contains("mtu 1400\nmac 2\nmac 0\nmac 0\nmac 0\nmac 0\nmac 2\n")
                .contains("memory 16777216\n");
        start(
                Guests.Devices.NETWORK,
                b ->
                        b.net("service0", link.right())
                                .mac("service0", MacAddress.of("02:11:22:33:44:55"))
                                .arguments("boot"));
        assertThat(console.text()).contains("mac 2\nmac 17\nmac 34\nmac 51\nmac 68\nmac 85\n");
    }

    @Test
    void theRingTakesTheLastPageWhereMemoryIsAtItsMost() throws Exception {
        var link = MemoryLink.create(2);
        start(
                Guests.Devices.NETWORK,
                b -> b.net("service0", link.left()).memoryMegabytes(4096).arguments("boot"));
        assertThat(console.text()).contains("memory " + (4094L << 20) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "ring-echo"})
    void framesGoToAnObjectAndBack(String command) throws Exception {
        var link = MemoryLink.create(64);
        try (Unikernel guest =
                builder(Guests.Devices.NETWORK)
                        .net("service0", link.left())
                        .arguments(command)
                        .start()) {
            Frames.areEchoed(link.right(), 500);
            assertThat(guest.await()).as(console.text()).isEqualTo(new Exit.Halted(0));
        }
    }

    @Test
    void aRingOutOfItsMindEndsTheGuest() throws Exception {
        var link = MemoryLink.create(2);
        assertThat(
                        start(
                                Guests.Devices.NETWORK,
                                b -> b.net("service0", link.left()).arguments("ring-tail")))
                .isEqualTo(
                        new Exit.Fault(
                                "network ring: ent_tail 5000 is not within ent_head 0 + 1024"));
    }

    @Test
    void aDeviceThatFailsEndsTheGuest() throws Exception {
        Path file = disk(DISK_OCTETS);
        var guest =
                attach(builder(Guests.Devices.BLOCK), file).arguments("wait", "200000000").start();
        assertThat(guest.await()).isEqualTo(new Exit.Halted(0));
        assertThat(
                        start(
                                Guests.Devices.BLOCK,
                                b -> b.block("storage", new FailingDisk()).arguments("disk")))
                .isEqualTo(new Exit.Fault("the head has crashed"));
    }

    private Exit run(Guests.Devices devices, String... arguments) throws Exception {
        return start(devices, builder -> builder.arguments(arguments));
    }

    private Exit start(Guests.Devices devices, UnaryOperator<Unikernel.Builder> with)
            throws Exception {
        try (Unikernel guest = with.apply(builder(devices)).start()) {
            return guest.await();
        }
    }

    private Unikernel.Builder builder(Guests.Devices devices) throws Exception {
        return Unikernel.of(Guests.hvt(devices)).memoryMegabytes(16).console(console);
    }

    private static Unikernel.Builder attach(Unikernel.Builder builder, Path file) {
        return builder.block("storage", file);
    }

    private void refused(String reason, UnaryOperator<Unikernel.Builder> with) {
        assertThatThrownBy(() -> start(Guests.Devices.BLOCK, with))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(reason);
    }

    private Path disk(int octets) {
        Path file = dir.resolve("disk" + octets);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
