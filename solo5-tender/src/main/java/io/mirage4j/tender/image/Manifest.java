// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.MacAddress;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The devices that an image wants, in the order of its manifest, which gives them their handles.
///
/// ```
///   0  u32 version, 1
///   4  u32 entries, 1..64
///   8  entries of 104 octets:
///         0  name, 68 octets, NUL ended
///        68  u32 type
///        72  block: u64 capacity, u16 block size; network: mac[6], u16 mtu
///        88  8 octets for the host
///        96  u8 attached, 7 octets of padding
/// ```
public final class Manifest {
    public static final int ENTRY_OCTETS = 104;
    public static final int MOST_ENTRIES = 64;

    private static final int HEAD_OCTETS = 8;
    private static final int NAME_OCTETS = 68;
    private static final int TYPE = 68;
    private static final int CAPACITY = 72;
    private static final int BLOCK_SIZE = 80;
    private static final int MAC = 72;
    private static final int MTU = 78;
    private static final int ATTACHED = 96;

    private static final int VERSION = 1;
    private static final int BLOCK = 1;
    private static final int NETWORK = 2;
    private static final int RESERVED = 0x40000000;

    public enum Type {
        BLOCK("block device", "--block:"),
        NETWORK("network device", "--net:");

        private final String words;
        private final String option;

        Type(String words, String option) {
            this.words = words;
            this.option = option;
        }

        @Override
        public String toString() {
            return words;
        }

        /// The option that attaches one, up to the name.
        public String option() {
            return option;
        }
    }

    /// A device that the image wants.
    ///
    /// @param handle its index in the manifest, by which guests call it
    public record Device(int handle, String name, Type type) {}

    private final Cstruct octets;
    private final List<Device> devices;

    private Manifest(Cstruct octets, List<Device> devices) {
        this.octets = octets;
        this.devices = List.copyOf(devices);
    }

    /// Reads what is in the note behind its padding; the octets are copied.
    static Manifest parse(String image, ReadOnlyCstruct note) throws RefusedException {
        Cstruct octets = Cstruct.of(note.toByteArray());
        if (octets.length() < HEAD_OCTETS) {
            throw refused(image, "of " + octets.length() + " octets is shorter than its head, 8");
        }
        int version = octets.u32le(0);
        if (version != VERSION) {
            throw refused(image, "has version " + Integer.toUnsignedString(version) + ", not 1");
        }
        int entries = octets.u32le(4);
        if (entries < 1 || entries > MOST_ENTRIES) {
            throw refused(
                    image, "has " + Integer.toUnsignedString(entries) + " entries, not 1 to 64");
        }
        int expected = HEAD_OCTETS + entries * ENTRY_OCTETS;
        if (octets.length() != expected) {
            throw refused(
                    image,
                    "of %d entries has %d octets, not %d"
                            .formatted(entries, octets.length(), expected));
        }
        if (octets.u32le(HEAD_OCTETS + TYPE) != RESERVED || octets.u8(HEAD_OCTETS) != 0) {
            throw refused(image, "does not begin with the reserved entry without a name");
        }
        List<Device> devices = new ArrayList<>();
        for (int handle = 0; handle < entries; handle++) {
            parseEntry(image, octets, handle, devices);
        }
        return new Manifest(octets, devices);
    }

    private static void parseEntry(String image, Cstruct octets, int handle, List<Device> devices)
            throws RefusedException {
        int at = HEAD_OCTETS + handle * ENTRY_OCTETS;
        if (octets.u8(at + NAME_OCTETS - 1) != 0) {
            throw refused(image, "has a name without an end in entry " + handle);
        }
        if (octets.u8(at + ATTACHED) != 0) {
            throw refused(image, "says in the file that entry " + handle + " is attached");
        }
        int type = octets.u32le(at + TYPE);
        if (Integer.compareUnsigned(type, RESERVED) >= 0) {
            return; // not a device, whatever it is
        }
        if (type != BLOCK && type != NETWORK) {
            throw refused(
                    image,
                    "wants a device of unknown type %s in entry %d"
                            .formatted(Integer.toUnsignedString(type), handle));
        }
        String name = name(octets, at);
        if (!isName(name)) {
            throw refused(
                    image, "has the name '" + name + "' in entry " + handle + ", not [A-Za-z0-9]+");
        }
        var device = new Device(handle, name, type == BLOCK ? Type.BLOCK : Type.NETWORK);
        for (Device other : devices) {
            if (other.type == device.type && other.name.equals(name)) {
                throw refused(image, "declares the " + device.type + " '" + name + "' twice");
            }
        }
        devices.add(device);
    }

    private static String name(Cstruct octets, int at) {
        int end = 0;
        while (octets.u8(at + end) != 0) {
            end++;
        }
        return octets.text(at, end, StandardCharsets.ISO_8859_1);
    }

    /// Tells whether a device may have this name.
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() < NAME_OCTETS
                && name.chars()
                        .allMatch(
                                c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= 'A' && c <= 'Z')
                                                || (c >= '0' && c <= '9'));
    }

    private static RefusedException refused(String image, String what) {
        return new RefusedException(
                image + ": manifest " + what + "; build the image again with its manifest note");
    }

    public List<Device> devices() {
        return devices;
    }

    /// The device of that type and name, or null.
    public @Nullable Device device(Type type, String name) {
        for (Device device : devices) {
            if (device.type == type && device.name.equals(name)) return device;
        }
        return null;
    }

    public int lengthOctets() {
        return octets.length();
    }

    /// A copy of the octets, for a guest. Its devices are not attached yet.
    public Cstruct copy() {
        return Cstruct.of(octets.toByteArray());
    }

    /// Says in a [#copy] that the block device is there.
    public static void attachBlock(Cstruct copy, int handle, long capacity, int blockSize) {
        int at = HEAD_OCTETS + handle * ENTRY_OCTETS;
        copy.putU64le(at + CAPACITY, capacity);
        copy.putU16le(at + BLOCK_SIZE, blockSize);
        copy.putU8(at + ATTACHED, 1);
    }

    /// Says in a [#copy] that the network device is there.
    public static void attachNetwork(Cstruct copy, int handle, MacAddress mac, int mtu) {
        int at = HEAD_OCTETS + handle * ENTRY_OCTETS;
        mac.write(copy, at + MAC);
        copy.putU16le(at + MTU, mtu);
        copy.putU8(at + ATTACHED, 1);
    }
}
