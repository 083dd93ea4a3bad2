// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;
import io.mirage4j.tender.Main;
import io.mirage4j.tender.SptTender;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that starts a guest under a tender of Solo5, theirs or ours; both take the same
/// words.
public final class TenderCommand {
    /// Under `solo5-spt` or `solo5-hvt` of the PATH.
    public static List<String> stock(Guest guest) {
        var command = new ArrayList<>(List.of(stockName(guest.target())));
        command.addAll(words(guest));
        return command;
    }

    static String stockName(Target target) {
        return "solo5-" + target.word();
    }

    /// Under the tenders of this project: spt is a program in C, hvt a JVM.
    ///
    /// @param tool the class path that holds them
    public static List<String> ours(Guest guest, ClassPath tool) {
        if (guest.target() == Target.SPT) return spt(guest);
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                tool.toString(),
                                Main.class.getName(),
                                guest.target().word()));
        command.addAll(words(guest));
        return command;
    }

    private static List<String> spt(Guest guest) {
        try {
            return SptTender.command(words(guest).toArray(String[]::new));
        } catch (IOException e) {
            throw new AssemblyException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Options, image, arguments.
    static List<String> words(Guest guest) {
        Wiring wiring = guest.wiring();
        List<String> words = new ArrayList<>();
        words.add("--mem=" + wiring.memoryMegabytes());
        for (Device device : guest.declaration().devices()) {
            String name = device.name();
            switch (device) {
                case Network _ -> {
                    words.add("--net:" + name + "=" + wiring.networks().get(name));
                    if (wiring.macs().containsKey(name)) {
                        words.add("--net-mac:" + name + "=" + wiring.macs().get(name));
                    }
                }
                case Block _ -> {
                    words.add("--block:" + name + "=" + wiring.blocks().get(name));
                    if (wiring.sectorSizes().containsKey(name)) {
                        words.add("--block-sector-size:" + name + "=" + wiring.sectorSize(name));
                    }
                }
            }
        }
        words.add("--");
        words.add(guest.image().toString());
        words.addAll(GuestWords.quoted(guest.words()));
        return words;
    }

    /// Whether a shell would find it.
    public static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) return true;
        }
        return false;
    }

    private TenderCommand() {}
}
