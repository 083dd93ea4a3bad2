// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.tender.hvt.Devices;
import io.mirage4j.tender.hvt.Machine;
import io.mirage4j.tender.hvt.MemorySize;
import io.mirage4j.tender.image.Image;
import io.mirage4j.tender.image.RefusedException;
import io.mirage4j.tender.image.Target;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An image that runs in a virtual machine of this JVM, on a thread of its own. The devices that
/// its manifest declares are interfaces and files of the host, or objects of the platform; an
/// object belongs to the unikernel as long as that runs.
///
/// It needs Linux on x86-64 and `/dev/kvm`: see [#unsupported].
public final class Unikernel implements AutoCloseable {
    private static final Path KVM = Path.of("/dev/kvm");

    private final Machine machine;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Exit exit;

    private Unikernel(Machine machine) {
        this.machine = machine;
    }

    /// Why no unikernel can run here, if none can.
    public static Optional<String> unsupported() {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            return Optional.of("hvt runs on Linux on x86-64 only");
        }
        if (!Files.isReadable(KVM) || !Files.isWritable(KVM)) {
            return Optional.of(
                    "no /dev/kvm that may be read and written: load the module kvm, or join the group kvm");
        }
        return Optional.empty();
    }

    public static Builder of(Path image) {
        return new Builder(image);
    }

    /// What it shall run with, then [#start].
    public static final class Builder {
        private interface Attachment {
            void to(Devices devices) throws IOException, RefusedException;
        }

        private final Path image;
        private int memoryMegabytes = Options.USUAL_MEGABYTES;
        private List<String> arguments = List.of();
        private @Nullable Console console;
        private final List<Attachment> attachments = new ArrayList<>();
        private final Map<String, MacAddress> macs = new LinkedHashMap<>();
        private final Map<String, Integer> sectorSizes = new LinkedHashMap<>();

        private Builder(Path image) {
            this.image = image;
        }

        /// How much memory the guest has; 512 if not said. Whole pages of 2 MB, at most 4096.
        public Builder memoryMegabytes(int megabytes) {
            memoryMegabytes = megabytes;
            return this;
        }

        /// The guest's command line; a blank goes between two of them.
        public Builder arguments(String... arguments) {
            this.arguments = List.of(arguments);
            return this;
        }

        /// Where the guest's output goes, instead of the standard output. It is called on the
        /// guest's thread.
        public Builder console(Console console) {
            this.console = console;
            return this;
        }

        /// Attaches a TAP interface, which is up, or `@NN`, an open descriptor.
        public Builder net(String name, String tap) {
            attachments.add(devices -> devices.attachTap(name, tap, macs.get(name)));
            return this;
        }

        /// Attaches a network device of this JVM. Its frames are looked for every millisecond or so
        /// while the guest waits for them.
        public Builder net(String name, NetDevice device) {
            attachments.add(devices -> devices.attachNetwork(name, device, macs.get(name)));
            return this;
        }

        /// The address of a network device, instead of a random local one, or the device's own.
        public Builder mac(String name, MacAddress mac) {
            macs.put(name, mac);
            return this;
        }

        /// Attaches a file, or a block device of the host, in sectors of 512 octets.
        public Builder block(String name, Path file) {
            attachments.add(
                    devices ->
                            devices.attachFile(
                                    name, file.toString(), sectorSizes.getOrDefault(name, 512)));
            return this;
        }

        /// Attaches a block device of this JVM.
        public Builder block(String name, BlockDevice device) {
            attachments.add(devices -> devices.attachBlock(name, device));
            return this;
        }

        /// The size of a sector of a file, a power of two from 512 to 32768.
        public Builder sectorSize(String name, int octets) {
            sectorSizes.put(name, octets);
            return this;
        }

        /// Loads the image and starts it on a new thread.
        ///
        /// @throws RefusedException if the image, or what it shall run with, can not be run
        /// @throws IOException if the machine does not let us
        public Unikernel start() throws IOException, RefusedException {
            var unikernel = new Unikernel(load());
            Thread.ofPlatform().name("hvt " + image.getFileName()).daemon().start(unikernel::run);
            return unikernel;
        }

        /// Loads the image and runs it to its end on this thread.
        Exit run() throws IOException, RefusedException {
            try (Machine machine = load()) {
                return machine.run();
            }
        }

        /// Loads the image into a machine that nobody runs yet.
        Machine load() throws IOException, RefusedException {
            Image read = Image.read(image, Target.HVT);
            MemorySize size = MemorySize.ofMegabytes(memoryMegabytes);
            var devices = new Devices(read.manifest());
            boolean loaded = false;
            try {
                for (Attachment attachment : attachments) {
                    attachment.to(devices);
                }
                devices.requireAll();
                Machine machine =
                        Machine.load(read, size, String.join(" ", arguments), devices, console);
                loaded = true;
                return machine;
            } finally {
                if (!loaded) {
                    devices.close();
                }
            }
        }
    }

    private void run() {
        Exit how = new Exit.Fault("the thread of the guest died");
        try {
            how = machine.run();
        } finally {
            machine.close();
            exit = how;
            ended.countDown();
        }
    }

    /// Waits for the end of the guest.
    public Exit await() throws InterruptedException {
        ended.await();
        return exit().orElseThrow();
    }

    /// Waits for the end of the guest, or that long.
    public Optional<Exit> await(Duration most) throws InterruptedException {
        ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
        return exit();
    }

    /// How it ended, if it has.
    public Optional<Exit> exit() {
        return Optional.ofNullable(exit);
    }

    /// Stops the guest, whatever it does, and returns once it has ended. Its devices have been
    /// closed then, where they are interfaces or files.
    public Exit stop() throws InterruptedException {
        machine.stop();
        return await();
    }

    /// As [#stop].
    @Override
    public void close() {
        machine.stop();
        boolean interrupted = false;
        while (exit == null) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
