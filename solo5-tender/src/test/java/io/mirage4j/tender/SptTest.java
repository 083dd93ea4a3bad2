// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// Guests as processes behind the filter.
@Timeout(120)
class SptTest {
    private static final int SIGILL = 128 + 4;
    private static final int SIGSEGV = 128 + 11;
    private static final int SIGSYS = 128 + 31;

    @TempDir Path dir;

    @BeforeEach
    void requireCompiler() throws Exception {
        Peers.require("gcc");
    }

    @Test
    void greets() throws Exception {
        assertThat(plain("hello", "you", "all"))
                .isEqualTo(new Guests.Ended(0, "hello, you all\n", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 255})
    void theStatusOfTheGuestIsThatOfTheProcess(int status) throws Exception {
        assertThat(plain("exit", String.valueOf(status)).status()).isEqualTo(status);
    }

    @Test
    void isToldOfItsMemoryAndItsArguments() throws Exception {
        assertThat(plain("boot", "a  b").output())
                .contains("memory 16777216\n", "bss 0\n", "data 5\n", "entries 1\n")
                .contains("stack 16777200\n")
                .contains("command line 'boot a  b'\n");
    }

    @Test
    void clocksRunAndWaitsLast() throws Exception {
        assertThat(plain("clocks").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "null," + SIGSEGV,
        "write-text," + SIGSEGV,
        "run-data," + SIGSEGV,
        "run-stack," + SIGSEGV,
        "invalid," + SIGILL,
        "getpid," + SIGSYS,
        "write-2," + SIGSYS,
        "write-high-half," + SIGSYS,
        "read-0," + SIGSYS,
        "clock-2," + SIGSYS,
        "epoll-timer," + SIGSYS,
        "x32-write," + SIGSYS,
        "i386-write," + SIGSYS,
    })
    void whatNoGuestMayDoKillsIt(String command, int status) throws Exception {
        assertThat(plain(command).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "block-beyond",
                "block-across-end",
                "block-minus-one",
                "block-high-half",
                "block-half",
                "block-double"
            })
    void blocksOutOfTheDeviceKillIt(String command) throws Exception {
        Path file = disk(64 * 512);
        assertThat(block(file, command).status()).isEqualTo(SIGSYS);
        assertThat(Files.size(file)).isEqualTo(64 * 512);
        assertThat(Files.readAllBytes(file)).containsOnly(0);
    }

    @Test
    void aFileIsABlockDevice() throws Exception {
        Path file = disk(1 << 20);
        assertThat(block(file, "disk")).isEqualTo(new Guests.Ended(0, "", ""));
        byte[] octets = Files.readAllBytes(file);
        for (int i = 0; i < octets.length; i++) {
            assertThat(octets[i]).isEqualTo((byte) (i / 512 + i % 512));
        }
    }

    @Test
    void sectorsMayBeLarger() throws Exception {
        String file = disk(1 << 20).toString();
        String image = Guests.spt(Guests.Devices.BLOCK).toString();
        String[] words = {
            "--mem=16", "--block:storage=" + file, "--block-sector-size:storage=4096", image, "disk"
        };
        assertThat(spt(words).status()).isZero();
        words[4] = "boot";
        assertThat(spt(words).output()).contains("capacity 1048576", "sector 4096");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--block:storage=DISK --block-sector-size:storage=521|sectors of 521 octets; give a power of two",
                "--block:storage=DISK --block-sector-size:storage=256|sectors of 256 octets; give a power of two",
                "--block:storage=ODD|1563 octets are not one or more whole sectors of 512",
                "--block:storage=EMPTY|0 octets are not one or more whole sectors",
                "--block:storage=DIR/none|none: No such file",
                "--block:other=DISK|has no block device 'other'",
                "--net:storage=tap0|has no network device 'storage'",
                "--block:storage=DISK --block:storage=DISK|is the second for 'storage'",
                "--mem=16|block device 'storage' is declared by the image but not attached",
                "--block:sto-rage=DISK|is malformed",
                "--block:=DISK|is malformed",
                "--block:storage|is malformed",
                "--block:storage=|is malformed",
                "--mem=0|has no number above 0",
                "--mem=16x|has no number above 0",
                "--mem=-1|has no number above 0",
                "--mem=99999999999999999999|has no number above 0",
                "--mem=17000000|memory of 17000000 MB: give 1 to",
                "--bogus|option '--bogus' is unknown",
                "-x|option '-x' is unknown",
            })
    void badOptionsAreRefusedInALine(String options, String reason) throws Exception {
        String text =
                options.replace("DISK", disk(8192).toString())
                        .replace("ODD", disk(1563).toString())
                        .replace("EMPTY", disk(0).toString())
                        .replace("DIR", dir.toString());
        String image = Guests.spt(Guests.Devices.BLOCK).toString();
        Guests.Ended ended = spt((text + " " + image).split(" "));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).startsWith("solo5-tender: ").contains(reason).hasLineCount(1);
    }

    @Test
    void argumentsThatAreTooLongAreRefused() throws Exception {
        assertThat(plain("hello", "x".repeat(8191 - "hello ".length())).status()).isZero();
        assertThat(plain("hello", "x".repeat(8192 - "hello ".length())).errors())
                .contains("a guest takes at most 8191 octets");
    }

    @Test
    void theProgramIsCompiledOnceForItsSources() throws Exception {
        Path program = SptTender.programIn(dir);
        var time = Files.getLastModifiedTime(program);
        assertThat(SptTender.programIn(dir)).isEqualTo(program);
        assertThat(Files.getLastModifiedTime(program)).isEqualTo(time);
        try (var files = Files.list(dir)) {
            assertThat(files).as("nothing is left but the program").containsExactly(program);
        }
    }

    private Guests.Ended plain(String... arguments) throws Exception {
        String[] words = new String[arguments.length + 2];
        words[0] = "--mem=16";
        words[1] = Guests.spt(Guests.Devices.NONE).toString();
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return spt(words);
    }

    private Guests.Ended block(Path file, String command) throws Exception {
        return spt(
                "--mem=16",
                "--block:storage=" + file,
                Guests.spt(Guests.Devices.BLOCK).toString(),
                command);
    }

    private static Guests.Ended spt(String... words) throws Exception {
        return Guests.run(SptTender.command(words));
    }

    private Path disk(int octets) throws Exception {
        Path file = dir.resolve("disk" + octets);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(octets);
        }
        return file;
    }
}
