// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What stands behind the devices of a program, and how much memory it has; from options in the
/// words of Solo5's tenders.
///
/// @param memoryMegabytes of the guest
/// @param networks by device: a TAP interface, or under Xen a bridge
/// @param macs by device, where the user chose one
/// @param blocks by device: a file
/// @param sectorSizes by device, where it is not 512
public record Wiring(
        int memoryMegabytes,
        Map<String, String> networks,
        Map<String, MacAddress> macs,
        Map<String, Path> blocks,
        Map<String, Integer> sectorSizes) {
    public static final int USUAL_MEGABYTES = 64;

    private static final int USUAL_SECTOR = 512;

    /// Takes what it knows from `options` and leaves the rest there.
    public static Wiring take(List<String> options) {
        int memory = USUAL_MEGABYTES;
        Map<String, String> networks = new LinkedHashMap<>();
        Map<String, MacAddress> macs = new LinkedHashMap<>();
        Map<String, Path> blocks = new LinkedHashMap<>();
        Map<String, Integer> sectorSizes = new LinkedHashMap<>();
        for (var all = options.iterator(); all.hasNext(); ) {
            String option = all.next();
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            int colon = name.indexOf(':');
            String kind = colon < 0 ? name : name.substring(0, colon);
            String device = colon < 0 ? "" : name.substring(colon + 1);
            switch (kind) {
                case "--mem" -> memory = number(option, value);
                case "--net" -> networks.put(device(option, device, value), value);
                case "--net-mac" -> macs.put(device(option, device, value), mac(option, value));
                case "--block" -> blocks.put(device(option, device, value), Path.of(value));
                case "--block-sector-size" ->
                        sectorSizes.put(device(option, device, value), number(option, value));
                default -> {
                    continue;
                }
            }
            all.remove();
        }
        return new Wiring(memory, networks, macs, blocks, sectorSizes);
    }

    /// The same, with a blank of one sector behind each optional device that has nothing: a machine
    /// does not start where a device of its image is missing.
    ///
    /// @param image beside which the blank is put
    Wiring withBlanks(Declaration declaration, Path image) {
        Map<String, Path> all = new LinkedHashMap<>(blocks);
        for (Device device : declaration.devices()) {
            if (device instanceof Block block && block.isOptional()) {
                all.computeIfAbsent(block.name(), any -> blankBeside(image));
            }
        }
        return new Wiring(memoryMegabytes, networks, macs, all, sectorSizes);
    }

    private static Path blankBeside(Path image) {
        Path blank = image.toAbsolutePath().resolveSibling("blank.disk");
        try {
            Path folder = blank.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(blank, new byte[USUAL_SECTOR]);
        } catch (IOException e) {
            throw new AssemblyException("can not write " + blank + ": " + e.getMessage(), e);
        }
        return blank;
    }

    /// Throws unless each device of the program has something behind it and nothing is left over.
    public void check(Declaration declaration) {
        for (Device device : declaration.devices()) {
            switch (device) {
                case Network network when !networks.containsKey(network.name()) ->
                        throw new AssemblyException(
                                "network device '%s' of %s has nothing behind it: give --net:%s=TAP"
                                        .formatted(
                                                network.name(),
                                                declaration.name(),
                                                network.name()));
                case Block block when !blocks.containsKey(block.name()) ->
                        throw new AssemblyException(
                                "block device '%s' of %s has nothing behind it: give --block:%s=FILE"
                                        .formatted(block.name(), declaration.name(), block.name()));
                default -> {}
            }
        }
        networks.keySet().forEach(name -> checkDeclared(name, Network.class, declaration));
        macs.keySet().forEach(name -> checkDeclared(name, Network.class, declaration));
        blocks.keySet().forEach(name -> checkDeclared(name, Block.class, declaration));
        sectorSizes.keySet().forEach(name -> checkDeclared(name, Block.class, declaration));
    }

    /// The file behind a block device of a program that was checked.
    Path file(String block) {
        return Objects.requireNonNull(blocks.get(block), block);
    }

    int sectorSize(String block) {
        return sectorSizes.getOrDefault(block, USUAL_SECTOR);
    }

    private static void checkDeclared(
            String name, Class<? extends Device> kind, Declaration declaration) {
        boolean declared =
                declaration.devices().stream()
                        .anyMatch(device -> kind.isInstance(device) && device.name().equals(name));
        if (!declared) {
            throw new AssemblyException(
                    declaration.name()
                            + " declares no "
                            + (kind == Network.class ? "network" : "block")
                            + " device '"
                            + name
                            + "'; "
                            + devices(declaration));
        }
    }

    private static String devices(Declaration declaration) {
        return declaration.devices().isEmpty()
                ? "it declares none at all"
                : "its devices: "
                        + declaration.devices().stream()
                                .map(Device::name)
                                .collect(Collectors.joining(", "));
    }

    private static String device(String option, String device, String value) {
        if (device.isEmpty() || value.isEmpty()) {
            throw new AssemblyException(
                    "option " + option + " is incomplete: write it --OPTION:DEVICE=VALUE");
        }
        return device;
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) return number;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new AssemblyException(
                "option " + option + " needs a number above 0, and nothing behind it");
    }

    private static MacAddress mac(String option, String value) {
        return switch (MacAddress.parse(value)) {
            case Parsed.Value<MacAddress>(MacAddress mac) -> mac;
            case Parsed.Malformed<MacAddress> malformed ->
                    throw new AssemblyException(
                            "option " + option + ": " + malformed.message() + " of the address");
        };
    }
}
