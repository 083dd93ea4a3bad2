// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import static io.mirage4j.tender.image.ElfFile.ABI;
import static io.mirage4j.tender.image.ElfFile.ABI_AT;
import static io.mirage4j.tender.image.ElfFile.ADDRESS;
import static io.mirage4j.tender.image.ElfFile.ALIGN;
import static io.mirage4j.tender.image.ElfFile.DATA;
import static io.mirage4j.tender.image.ElfFile.FILE_SIZE;
import static io.mirage4j.tender.image.ElfFile.FLAGS;
import static io.mirage4j.tender.image.ElfFile.MANIFEST;
import static io.mirage4j.tender.image.ElfFile.MANIFEST_AT;
import static io.mirage4j.tender.image.ElfFile.MANIFEST_HEAD;
import static io.mirage4j.tender.image.ElfFile.MEMORY_SIZE;
import static io.mirage4j.tender.image.ElfFile.OFFSET;
import static io.mirage4j.tender.image.ElfFile.TEXT;
import static io.mirage4j.tender.image.ElfFile.TYPE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.tender.Guests;
import io.mirage4j.tender.SptTender;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Every rule of loading, each by an image that breaks it alone; the loader in Java and the one in
/// C say the same.
@Timeout(120)
class LoadingRulesTest {
    private static final int MEGABYTES = 4;
    private static final long MEMORY = 4L << 20;

    @TempDir static Path dir;

    /// @param reason a part of the line, or null for an image that is taken
    private record Rule(String name, String reason, UnaryOperator<ElfFile> change, int length) {}

    private static Rule refuses(String name, String reason, UnaryOperator<ElfFile> change) {
        return new Rule(name, reason, change, -1);
    }

    private static Rule takes(String name, UnaryOperator<ElfFile> change) {
        return new Rule(name, null, change, -1);
    }

    private static Rule cut(String name, String reason, int length) {
        return new Rule(name, reason, elf -> elf, length);
    }

    private static final List<Rule> HEAD =
            List.of(
                    takes("as it stands", elf -> elf),
                    cut("empty", "0 octets is too short", 0),
                    cut("half a head", "63 octets is too short", 63),
                    cut("without program headers", "ends before its 4 program headers", 64),
                    cut("half a program header", "ends before its 4 program headers", 287),
                    refuses("not ELF", "does not begin with 7f 'ELF'", e -> e.put8(1, 'F')),
                    refuses("32 bit", "has class 1, not 2", e -> e.put8(4, 1)),
                    refuses("big-endian", "has byte order 2, not 1", e -> e.put8(5, 2)),
                    refuses("shared object", "has type 3, not 2", e -> e.put16(16, 3)),
                    refuses("object file", "has type 1, not 2", e -> e.put16(16, 1)),
                    refuses("of aarch64", "has machine 183, not 62", e -> e.put16(18, 183)),
                    refuses("version", "has version 2, not 1", e -> e.put32(20, 2)),
                    refuses("head size", "size of the head 63, not 64", e -> e.put16(52, 63)),
                    refuses(
                            "program header size",
                            "size of a program header 64, not 56",
                            e -> e.put16(54, 64)),
                    refuses("no program header", "has no program header", e -> e.put16(56, 0)),
                    refuses(
                            "too many program headers",
                            "ends before its 65535 program headers",
                            e -> e.put16(56, 0xffff)),
                    refuses(
                            "program headers behind the end",
                            "program headers at 8449",
                            e -> e.put64(32, 0x2101)),
                    refuses(
                            "program headers at the end of numbers",
                            "ends before its 4 program headers at 18446744073709551615",
                            e -> e.put64(32, -1)),
                    takes("ident version is not looked at", e -> e.put8(6, 0)),
                    takes("operating system is not looked at", e -> e.put8(7, 9)),
                    takes("flags are not looked at", e -> e.put32(48, 7)),
                    takes("sections are not looked at", e -> e.put64(40, -1).put16(60, 0xffff)));

    private static final List<Rule> NOTES =
            List.of(
                    refuses("for hvt", "image is for hvt", e -> e.put32(ABI_AT + 20, 1)),
                    refuses("for xen", "image is for xen", e -> e.put32(ABI_AT + 20, 6)),
                    refuses("for nobody", "image is for ", e -> e.put32(ABI_AT + 20, 99)),
                    refuses("older", "version 1 of the interface", e -> e.put32(ABI_AT + 24, 1)),
                    refuses("newer", "version 3 of the interface", e -> e.put32(ABI_AT + 24, 3)),
                    refuses("no ABI note", "no ABI note", e -> e.put32(ABI, TYPE, 1685382480)),
                    refuses("other name", "no ABI note", e -> e.put8(ABI_AT + 12, 's')),
                    refuses("name size", "no ABI note", e -> e.put32(ABI_AT, 5)),
                    refuses("name is not ended", "no ABI note", e -> e.put8(ABI_AT + 17, '!')),
                    refuses("other type", "no ABI note", e -> e.put32(ABI_AT + 8, 1)),
                    refuses("empty ABI note", "ABI note", e -> e.put32(ABI_AT + 4, 0)),
                    refuses("short ABI note", "ABI note", e -> e.put32(ABI_AT + 4, 15)),
                    refuses("long ABI note", "ABI note", e -> e.put32(ABI_AT + 4, 33)),
                    refuses("endless ABI note", "ABI note", e -> e.put32(ABI_AT + 4, -1)),
                    refuses(
                            "note longer than its segment",
                            "ABI note says 16 octets",
                            e -> e.put64(ABI, FILE_SIZE, 35)),
                    refuses(
                            "segment shorter than a head",
                            "note segment 2 of 11 octets is too short",
                            e -> e.put64(ABI, FILE_SIZE, 11)),
                    refuses(
                            "segment of a foreign note's size",
                            "no ABI note",
                            e -> e.put64(ABI, FILE_SIZE, 19)),
                    refuses(
                            "no manifest",
                            "no manifest note",
                            e -> e.put32(MANIFEST_AT + 8, 0x31494241)),
                    refuses("manifest of padding", "manifest", e -> e.put32(MANIFEST_AT + 4, 4)),
                    refuses(
                            "manifest of half a head",
                            "manifest",
                            e -> e.put32(MANIFEST_AT + 4, 11)),
                    refuses(
                            "endless manifest",
                            "manifest note says 4294967295 octets",
                            e -> e.put32(MANIFEST_AT + 4, -1)),
                    refuses(
                            "manifest behind the end",
                            "",
                            e -> e.put64(MANIFEST, OFFSET, 0x7fff_ffff_ffff_0000L)),
                    takes(
                            "a foreign note before",
                            e ->
                                    e.put32(TEXT, TYPE, 1)
                                            .put32(DATA, TYPE, 4)
                                            .put64(DATA, OFFSET, 0x2000)),
                    takes("the padding is not looked at", e -> e.put32(MANIFEST_AT + 20, -1)));

    private static final List<Rule> MANIFESTS =
            List.of(
                    refuses("version 0", "has version 0, not 1", e -> e.put32(MANIFEST_HEAD, 0)),
                    refuses("version 2", "has version 2, not 1", e -> e.put32(MANIFEST_HEAD, 2)),
                    refuses("no entry", "has 0 entries", e -> e.put32(MANIFEST_HEAD + 4, 0)),
                    refuses("65 entries", "has 65 entries", e -> e.put32(MANIFEST_HEAD + 4, 65)),
                    refuses(
                            "endless entries",
                            "has 4294967295 entries",
                            e -> e.put32(MANIFEST_HEAD + 4, -1)),
                    refuses(
                            "more entries than octets",
                            "of 2 entries has 112 octets, not 216",
                            e -> e.put32(MANIFEST_HEAD + 4, 2)),
                    refuses(
                            "more octets than entries",
                            "of 1 entries has 216 octets, not 112",
                            e -> e.devices("a").put32(MANIFEST_HEAD + 4, 1)),
                    refuses(
                            "first entry is a device",
                            "does not begin with the reserved entry",
                            e -> e.put32(ElfFile.entry(0) + 68, 2)),
                    refuses(
                            "first entry has a name",
                            "does not begin with the reserved entry",
                            e -> e.put8(ElfFile.entry(0), 'a')),
                    refuses(
                            "name without an end",
                            "has a name without an end",
                            e -> e.put8(ElfFile.entry(0) + 67, 'a')),
                    refuses(
                            "attached in the file",
                            "is attached",
                            e -> e.put8(ElfFile.entry(0) + 96, 1)),
                    refuses("device without a name", "not [A-Za-z0-9]+", e -> e.devices("")),
                    refuses("device named -", "not [A-Za-z0-9]+", e -> e.devices("a-b")),
                    refuses("device named ä", "not [A-Za-z0-9]+", e -> e.devices("ä")),
                    refuses(
                            "device of unknown type",
                            "wants a device of unknown type",
                            e -> e.devices("a").put32(ElfFile.entry(1) + 68, 3)),
                    refuses("declared twice", "a", e -> e.devices("a", "a")),
                    refuses(
                            "not attached",
                            "network device 'a' is declared by the image but not attached",
                            e -> e.devices("a")),
                    takes(
                            "reserved entries are skipped",
                            e -> e.devices("a").put32(ElfFile.entry(1) + 68, 0x40000001)),
                    takes(
                            "what the file says of a reserved device is not looked at",
                            e ->
                                    e.put64(ElfFile.entry(0) + 72, -1)
                                            .put64(ElfFile.entry(0) + 88, -1)));

    private static final List<Rule> SEGMENTS =
            List.of(
                    refuses("entry 0", "entry 0x0 is not in 0x100000", e -> e.put64(24, 0)),
                    refuses("low entry", "entry 0xfffff is not in", e -> e.put64(24, 0xfffff)),
                    refuses(
                            "high entry",
                            "entry 0x400000 is not in 0x100000..0x400000; give more by --mem",
                            e -> e.put64(24, MEMORY)),
                    refuses("entry -1", "entry 0xffffffffffffffff is not in", e -> e.put64(24, -1)),
                    refuses(
                            "below the lowest address",
                            "segment 0 is at 0xff000, below 0x100000",
                            e -> e.put64(TEXT, ADDRESS, 0xff000)),
                    refuses(
                            "rounded below the lowest address",
                            "segment 0 begins at 0x0, below 0x100000",
                            e -> e.put64(TEXT, ALIGN, 0x200000)),
                    refuses(
                            "not ascending",
                            "segment 1 at 0x100000 does not ascend",
                            e -> e.put64(TEXT, ADDRESS, 0x102000).put64(DATA, ADDRESS, 0x100000)),
                    refuses(
                            "on the same page",
                            "segment 1 begins at 0x100000",
                            e -> e.put64(DATA, ADDRESS, 0x100800)),
                    refuses(
                            "overlapping by rounding",
                            "segment 1 begins at 0x101000",
                            e -> e.put64(TEXT, MEMORY_SIZE, 0x1001)),
                    takes("behind each other", e -> e.put64(TEXT, MEMORY_SIZE, 0x1000)),
                    refuses("alignment 0", "alignment 0x0", e -> e.put64(TEXT, ALIGN, 0)),
                    refuses("alignment 3", "alignment 0x3", e -> e.put64(TEXT, ALIGN, 3)),
                    refuses("alignment -1", "alignment 0xffff", e -> e.put64(TEXT, ALIGN, -1)),
                    refuses(
                            "alignment 1, not in pages",
                            "not in whole pages of 0x1000",
                            e -> e.put64(DATA, ALIGN, 1)),
                    takes(
                            "alignment 1, in pages",
                            e -> e.put64(DATA, ALIGN, 1).put64(DATA, MEMORY_SIZE, 0x1000)),
                    refuses(
                            "alignment of the highest bit",
                            "segment 1",
                            e -> e.put64(DATA, ALIGN, Long.MIN_VALUE)),
                    refuses(
                            "less memory than file",
                            "0xff octets of memory for 0x100 of the file",
                            e -> e.put64(DATA, MEMORY_SIZE, 0xff)),
                    refuses(
                            "behind the end of memory",
                            "does not fit into memory of 0x400000; give more by --mem",
                            e -> e.put64(DATA, ADDRESS, MEMORY)),
                    refuses(
                            "across the end of memory",
                            "does not fit into memory of 0x400000",
                            e -> e.put64(DATA, MEMORY_SIZE, MEMORY)),
                    refuses(
                            "at the end of numbers",
                            "does not fit into memory",
                            e -> e.put64(DATA, ADDRESS, -0x1000)),
                    refuses(
                            "memory at the end of numbers",
                            "does not fit into memory",
                            e -> e.put64(DATA, MEMORY_SIZE, -1)),
                    refuses(
                            "file at the end of numbers",
                            "segment 1",
                            e -> e.put64(DATA, FILE_SIZE, -1).put64(DATA, MEMORY_SIZE, -1)),
                    refuses(
                            "behind the end of the file",
                            "segment 1 has 0x100 octets at 0x2100",
                            e -> e.put64(DATA, OFFSET, 0x2100)),
                    refuses(
                            "across the end of the file",
                            "segment 1 has 0x100 octets at 0x2001",
                            e -> e.put64(DATA, OFFSET, 0x2001)),
                    refuses(
                            "offset of the highest bit",
                            "segment 1 has 0x100 octets at 0x8000000000000000",
                            e -> e.put64(DATA, OFFSET, Long.MIN_VALUE)),
                    refuses(
                            "written and executed",
                            "segment 1 is to be both written and executed",
                            e -> e.put32(DATA, FLAGS, 7)),
                    refuses(
                            "written and executed, not read",
                            "segment 0 is to be both written and executed",
                            e -> e.put32(TEXT, FLAGS, 3)),
                    takes(
                            "a segment without octets of the file is skipped",
                            e ->
                                    e.put64(DATA, FILE_SIZE, 0)
                                            .put64(DATA, ADDRESS, 0)
                                            .put32(DATA, FLAGS, 7)),
                    takes("other segments are skipped", e -> e.put32(DATA, TYPE, 7)),
                    takes("an interpreter is skipped", e -> e.put32(DATA, TYPE, 3)));

    @TestFactory
    Stream<DynamicContainer> rules() {
        return Stream.of(
                container("head", HEAD),
                container("notes", NOTES),
                container("manifest", MANIFESTS),
                container("segments", SEGMENTS));
    }

    private static DynamicContainer container(String name, List<Rule> rules) {
        return dynamicContainer(
                name, rules.stream().map(rule -> dynamicTest(rule.name, () -> check(rule))));
    }

    private static void check(Rule rule) throws Exception {
        check(rule, MEGABYTES);
    }

    private static void check(Rule rule, int megabytes) throws Exception {
        long memory = (long) megabytes << 20;
        ElfFile elf = rule.change.apply(new ElfFile(Target.SPT));
        ReadOnlyCstruct octets = rule.length < 0 ? elf.octets() : elf.octets().sub(0, rule.length);
        if (rule.reason == null) {
            Verdicts.load(octets, Target.SPT, memory);
        } else {
            assertThatThrownBy(() -> Verdicts.load(octets, Target.SPT, memory))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(rule.reason);
        }
        Peers.require("gcc");
        Path file = Files.write(dir.resolve("image"), octets.toByteArray());
        Guests.Ended ended = Guests.run(SptTender.command("--mem=" + megabytes, file.toString()));
        if (rule.reason == null) {
            assertThat(ended).isEqualTo(new Guests.Ended(0, "", ""));
        } else {
            assertThat(ended.status()).as(ended.errors()).isEqualTo(1);
            assertThat(ended.errors())
                    .startsWith("solo5-tender: ")
                    .containsIgnoringCase(rule.reason)
                    .hasLineCount(1);
        }
    }

    /// Memory of hvt is whole large pages, that of spt need not be.
    @Test
    void aSegmentThatIsRoundedAcrossTheEndOfMemoryIsRefused() throws Exception {
        check(
                refuses(
                        "rounded across the end of memory",
                        "ends at 0x201100 with alignment 0x200000, behind memory of 0x300000",
                        e -> e.put64(DATA, ADDRESS, 0x200000).put64(DATA, ALIGN, 0x200000)),
                3);
    }

    @Test
    void everyOtherTargetIsRefusedByHvt() {
        for (Target target : Target.values()) {
            if (target != Target.HVT) {
                assertThatThrownBy(
                                () ->
                                        Verdicts.load(
                                                new ElfFile(target).octets(), Target.HVT, MEMORY))
                        .isInstanceOf(RefusedException.class)
                        .hasMessage(
                                "image: image is for %s, not for hvt; run it there, or build it with --target hvt"
                                        .formatted(target.word()));
            }
        }
    }
}
