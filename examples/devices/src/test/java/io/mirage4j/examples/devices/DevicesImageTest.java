// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.elf.Elf;
import io.mirage4j.assembly.elf.LoadingRules;
import io.mirage4j.assembly.report.ImageSize;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.tender.SptTender;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The commands in images, under every tender that is here. The object is made once; each set of
/// devices is a link.
@Tag("image")
class DevicesImageTest {
    /// Behind the note's type: its name in 8 octets, 4 of padding.
    private static final int MANIFEST_VERSION = 16;

    private static final List<Device> NONE = List.of();
    private static final List<Device> DISK = List.of(Devices.STORAGE);

    /// The lines of the output, and the status, of a command that needs no device.
    private record Case(String name, List<String> words, int status, String... contains) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("clocksGoOn", words("--command=times"), 0, "times: slept "),
                    new Case("garbageGoes", words("--command=churn"), 0, "churn: 256 MB made"),
                    new Case(
                            "tenThousandThreadsSleepAndWake",
                            words("--command=sleepers"),
                            0,
                            "sleepers: 10000 of 10000 woke"),
                    new Case(
                            "virtualThreadsThatNeverRestLeaveTurnsToOthers",
                            words("--command=turns"),
                            0,
                            "turns: 4 of 4 had theirs"),
                    new Case("helpIsOfTheDeclaration", words("--help"), 0, "usage: devices ["),
                    new Case(
                            "wrongArgumentsAreTold",
                            words("--ipv4=10.0.0.256/24"),
                            2,
                            "devices: --ipv4=10.0.0.256/24: "),
                    new Case(
                            "exitStatusIsPassedOn", words("--command=exit", "--status=42"), 42, ""),
                    new Case(
                            "nullPointerIsTrappedAndTraced",
                            words("--command=null-pointer"),
                            1,
                            "java.lang.NullPointerException",
                            "Failures.java:"),
                    new Case(
                            "stackOverflowIsTrapped",
                            words("--command=stack-overflow"),
                            1,
                            "java.lang.StackOverflowError"),
                    new Case(
                            "outOfMemoryIsCaughtAndLifeGoesOn",
                            words("--command=out-of-memory"),
                            0,
                            "out of memory: caught"),
                    new Case(
                            "uncaughtExceptionIsTraced",
                            words("--command=uncaught"),
                            1,
                            "java.lang.NumberFormatException: For input string: \"on purpose\"",
                            "Failures.java:"),
                    new Case(
                            "missingNativeIsNamed",
                            words("--command=missing-native"),
                            1,
                            "java.lang.UnsatisfiedLinkError",
                            "nobodyHasThis"),
                    new Case(
                            "missingDeviceIsNamed",
                            words("--command=block"),
                            1,
                            "java.io.IOException",
                            "storage"));

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> commands() {
        return Tenders.HERE.stream()
                .flatMap(
                        tender ->
                                CASES.stream()
                                        .map(
                                                one ->
                                                        DynamicTest.dynamicTest(
                                                                one.name() + " under " + tender,
                                                                () -> check(tender, one))));
    }

    private static void check(Start.Tender tender, Case one) {
        Start start = tender.run(one.words(), NONE, "--mem=64");
        assertThat(start.output()).contains(one.contains());
        assertThat(start.status()).as(start.output()).isEqualTo(one.status());
    }

    @TestFactory
    Stream<DynamicTest> sectorsReachTheFile() {
        return Tenders.HERE.stream()
                .map(
                        tender ->
                                DynamicTest.dynamicTest(
                                        tender.toString(), () -> checkSectors(tender)));
    }

    private void checkSectors(Start.Tender tender) throws IOException {
        Path disk = Files.write(folder.resolve("disk.img"), new byte[256 * 512]);
        Start start =
                tender.run(
                        words("--command=block", "--count=200"),
                        DISK,
                        "--mem=64",
                        "--block:storage=" + disk);
        assertThat(start.output()).contains("block: 200 of 256 sectors of 512 ok");
        assertThat(start.status()).isZero();
        byte[] octets = Files.readAllBytes(disk);
        for (int i = 0; i < octets.length; i++) {
            int sector = i / 512;
            int expected = sector < 200 ? Sectors.octet(sector, i % 512) : 0;
            assertThat(octets[i] & 0xff).as("octet %d", i).isEqualTo(expected);
        }
    }

    @Test
    void aDeviceThatIsNotAttachedIsRefusedBeforeTheStart() {
        for (Start.Tender tender : Tenders.HERE) {
            assertThatThrownBy(() -> tender.run(words(), DISK))
                    .isInstanceOf(AssemblyException.class)
                    .hasMessageContaining("--block:storage=FILE");
        }
    }

    @TestFactory
    Stream<DynamicTest> anImageWithAWrongManifestIsRefused() {
        // A machine with virtio devices reads none: the devices say what they are.
        return Tenders.HERE.stream()
                .filter(tender -> tender.target() != Target.VIRTIO)
                .map(tender -> DynamicTest.dynamicTest(tender.toString(), () -> spoil(tender)));
    }

    private void spoil(Start.Tender tender) throws IOException {
        Path whole = Images.with(tender.target()).file();
        byte[] octets = Files.readAllBytes(whole);
        int note = new String(octets, StandardCharsets.ISO_8859_1).indexOf("MFT1Solo5\0");
        assertThat(note).isPositive();
        octets[note + MANIFEST_VERSION] ^= 0x40;
        Path spoilt = Files.write(folder.resolve("spoilt." + tender.target().word()), octets);
        Start start = tender.run(spoilt, words("--command=times"), "--mem=64");
        assertThat(start.output()).containsIgnoringCase("manifest");
        assertThat(start.status()).isEqualTo(1);
    }

    /// The tender says so, or the guest; nobody dies without a word.
    @TestFactory
    Stream<DynamicTest> tooLittleMemoryIsTold() {
        return Tenders.HERE.stream()
                .map(
                        tender ->
                                DynamicTest.dynamicTest(
                                        tender.toString(),
                                        () -> {
                                            Start start =
                                                    tender.run(
                                                            words("--command=times"),
                                                            NONE,
                                                            "--mem=8");
                                            assertThat(start.output())
                                                    .containsIgnoringCase("memory");
                                            assertThat(start.status()).isNotZero();
                                        }));
    }

    /// spt maps the file.
    @Test
    void whatAGuestWritesStaysOutOfItsImage() throws Exception {
        Path image = Images.with(Target.SPT).file();
        byte[] before = Files.readAllBytes(image);
        List<String> command =
                SptTender.command("--mem=64", "--", image.toString(), "--command=churn");
        Start start = Start.end(new ProcessBuilder(command).redirectErrorStream(true).start());
        assertThat(start.status()).as(start.output()).isZero();
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void imagesKeepEveryRuleOfLoading() throws IOException {
        for (Target target : List.of(Target.SPT, Target.HVT)) {
            int number = target == Target.HVT ? 1 : 2;
            var image = Images.with(target, Devices.SERVICE, Devices.STORAGE);
            Elf elf = Elf.read(image.file());
            assertThat(LoadingRules.faults(elf, number, 2, 64 << 20)).as(target.word()).isEmpty();
            assertThat(LoadingRules.faults(elf, 3, 2, 64 << 20)).hasSize(1);
            assertThat(LoadingRules.faults(elf, number, 2, 1 << 20)).isNotEmpty();
        }
    }

    @Test
    void sizesAddUp() throws IOException {
        var image = Images.with(Target.SPT);
        ImageSize size = ImageSize.of(image);
        long code = size.code().values().stream().mapToLong(Long::longValue).sum();
        assertThat(code).isEqualTo(size.sections().get(".text"));
        assertThat(size.code()).containsKeys("devices", "JDK");
        assertThat(size.code().keySet()) // a jar's name has a version
                .anySatisfy(library -> assertThat(library).startsWith("platform"));
        assertThat(size.heap()).isNotEmpty();
        assertThat(size.fileOctets()).isEqualTo(Files.size(image.file()));
    }

    @Test
    void aSecondTargetIsOnlyLinked() {
        Images.with(Target.SPT);
        assertThat(Images.with(Target.HVT).object().wasCached()).isTrue();
    }

    private static List<String> words(String... words) {
        return new ArrayList<>(List.of(words));
    }
}
