// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a program can be made for.
public enum Target {
    /// A JVM of this machine: nothing is compiled ahead of time.
    HOST("a JVM on this machine"),
    /// Solo5's sandboxed process.
    SPT("a Linux process that may make eight system calls (Solo5 spt)"),
    /// Solo5's virtual machine.
    HVT("a small virtual machine over /dev/kvm (Solo5 hvt)"),
    /// QEMU and others, booted by PVH or multiboot.
    VIRTIO("QEMU and other monitors with virtio devices"),
    /// Under Xen.
    XEN("a Xen PVH guest");

    private final String meaning;

    Target(String meaning) {
        this.meaning = meaning;
    }

    /// In one line, for a list.
    public String meaning() {
        return meaning;
    }

    /// As it is written on a command line; also the ending of an image's file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Target parse(String word) {
        Optional<Target> found =
                Arrays.stream(values()).filter(target -> target.word().equals(word)).findFirst();
        return found.orElseThrow(
                () ->
                        new AssemblyException(
                                "no target '"
                                        + word
                                        + "': one of "
                                        + Arrays.stream(values())
                                                .map(Target::word)
                                                .collect(Collectors.joining(", "))));
    }
}
