// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Programs;
import io.mirage4j.assembly.Target;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class GuestTest {
    private static final Path IMAGE = Path.of("/images/tried.spt");

    @Test
    void tendersGetTheirOptionsThenTheImageThenTheWords() {
        Guest guest =
                guest(
                        List.of("--ipv4=10.0.0.2/24", "two words", "it's", ""),
                        "--net:service=tap0",
                        "--net-mac:service=02:00:00:00:00:01",
                        "--block:storage=disk.img",
                        "--block-sector-size:storage=4096",
                        "--mem=32");
        assertThat(TenderCommand.words(guest))
                .containsExactly(
                        "--mem=32",
                        "--net:service=tap0",
                        "--net-mac:service=02:00:00:00:00:01",
                        "--block:storage=disk.img",
                        "--block-sector-size:storage=4096",
                        "--",
                        "/images/tried.spt",
                        "--ipv4=10.0.0.2/24",
                        "'two words'",
                        "'it'\\''s'",
                        "''");
    }

    @Test
    void qemuGetsDevicesInTheOrderOfTheDeclaration() {
        List<String> command =
                QemuCommand.of(
                        guest(
                                List.of("a"),
                                "--block:storage=disk.img",
                                "--net:service=tap0",
                                "--net-mac:service=02:00:00:00:00:01"));
        assertThat(command.getFirst()).isEqualTo("qemu-system-x86_64");
        assertThat(command)
                .containsSubsequence(
                        "-kernel",
                        "/images/tried.spt",
                        "-append",
                        "a",
                        "-netdev",
                        "tap,id=service,ifname=tap0,script=no,downscript=no",
                        "-device",
                        "virtio-net-pci,romfile=,netdev=service,mac=02:00:00:00:00:01",
                        "-drive",
                        "if=none,format=raw,id=storage,file=disk.img",
                        "-device",
                        "virtio-blk-pci,drive=storage");
    }

    @Test
    void theStatusOfAGuestComesOutOfQemu() {
        assertThat(QemuCommand.guestStatus(0)).isZero();
        assertThat(QemuCommand.guestStatus(2 * 42 + 1)).isEqualTo(42);
        assertThat(QemuCommand.guestStatus((2 * 255 + 1) & 0xff)).as("aborted").isEqualTo(255);
        assertThat(QemuCommand.guestStatus(124)).as("QEMU's own").isEqualTo(124);
    }

    @Test
    void xenGetsADomainFile() {
        Guest guest =
                guest(List.of("say", "\"hi\""), "--net:service=br0", "--block:storage=/d.img");
        assertThat(XenDomain.file(guest))
                .contains(
                        "name = \"tried\"",
                        "type = \"pvh\"",
                        "kernel = \"/images/tried.spt\"",
                        "cmdline = \"say '\\\"hi\\\"'\"",
                        "memory = 64",
                        "vif = [\"bridge=br0\"]",
                        "disk = [\"format=raw,vdev=xvda,access=rw,target=/d.img\"]");
    }

    @Test
    void memoryThatAnImageCanNotReachIsRefused() {
        String[] devices = {"--net:service=tap0", "--block:storage=d"};
        Guest guest = guest(List.of(), devices[0], devices[1], "--mem=3584");
        assertThat(QemuCommand.of(guest)).contains("3584M");
        assertThat(XenDomain.file(guest)).contains("memory = 3584");
        Guest larger = guest(List.of(), devices[0], devices[1], "--mem=3585");
        assertThatThrownBy(() -> QemuCommand.of(larger))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("--mem=3585: ")
                .hasMessageContaining("at most 3584 MB");
        assertThatThrownBy(() -> XenDomain.file(larger)).hasMessageContaining("at most 3584 MB");
    }

    @Test
    void aDeviceWithNothingBehindItIsRefusedWithTheOptionToGive() {
        assertThatThrownBy(() -> guest(List.of(), "--net:service=tap0"))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("'storage'")
                .hasMessageContaining("--block:storage=FILE");
        assertThatThrownBy(() -> guest(List.of(), "--block:storage=f"))
                .hasMessageContaining("--net:service=TAP");
    }

    @Test
    void aDeviceThatIsNotDeclaredIsRefused() {
        assertThatThrownBy(
                        () ->
                                guest(
                                        List.of(),
                                        "--net:service=t",
                                        "--block:storage=f",
                                        "--block:service=f"))
                .hasMessage(
                        "tried declares no block device 'service'; its devices: service, storage");
    }

    @Test
    void malformedOptionsNameTheOption() {
        for (String option :
                List.of("--mem=0", "--mem=x", "--net:=tap", "--net:a", "--net-mac:a=1")) {
            assertThatThrownBy(() -> Wiring.take(new ArrayList<>(List.of(option))))
                    .isInstanceOf(AssemblyException.class)
                    .hasMessageContaining(option);
        }
    }

    @Test
    void whatAWiringDoesNotKnowStays() {
        List<String> options = new ArrayList<>(List.of("--mem=8", "--other", "word"));
        assertThat(Wiring.take(options).memoryMegabytes()).isEqualTo(8);
        assertThat(options).containsExactly("--other", "word");
    }

    @Test
    void moreThanACommandLineHoldsIsRefused() {
        assertThatThrownBy(() -> GuestWords.quoted(List.of("a".repeat(8192))))
                .hasMessageContaining("8192 octets > 8191");
    }

    private static Guest guest(List<String> words, String... options) {
        return new Guest(
                Programs.WITH_DEVICES,
                Target.SPT,
                IMAGE,
                Wiring.take(new ArrayList<>(List.of(options))),
                words);
    }
}
