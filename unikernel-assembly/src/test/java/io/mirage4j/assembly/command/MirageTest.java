// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.Programs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What a user types wrong is told in one line, with the way out, before anything is made.
class MirageTest {
    static final class Mainless {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fly|no verb 'fly'; `mirage help` lists them",
                "targets --what|'--what' is not understood; `mirage help` lists the options",
                "size|IMAGE is missing; `mirage help` tells what each verb takes",
                "size /none|no file /none: `mirage build` makes images",
                "build|APP is missing",
                "build /none.jar|no file /none.jar: build the program's jar first",
                "build GREETER --target arm|no target 'arm': one of host, spt, hvt, virtio, xen",
                "build GREETER --optimize|--optimize needs a value",
                "build GREETER --optimize 9|--optimize 9 is none of s, 0, 1, 2, b",
                "build GREETER --builder-memory x|--builder-memory x is no number of megabytes",
                "run --main no.Such --classpath PLACE|no class no.Such on ",
                "run --main Greeter --classpath /none|--classpath /none: there is no /none",
                "run MAINLESS|Mainless has no `static void main(String[] args)`",
                "run GREETER --tender mine|--tender mine is neither ours nor stock",
                "run GREETER --tender stock --target virtio|no stock tender: Solo5 has one for spt",
                "run GREETER --net wifi|--net wifi is neither tap nor none",
                "run GREETER --mem=x|option --mem=x needs a number above 0",
                "run GREETER --target spt --net:a=tap9|declares no network device 'a'; it declares none",
                "run GREETER --block:a=/none|--block:a=/none: no such file; make one, say by",
                "describe /none.jar --json --dot|--json and --dot are two answers: ask for one"
            })
    void wrongWordsAreTold(String words, String reason) throws URISyntaxException {
        String main = "--main " + GREETER + " --classpath PLACE";
        String whole =
                words.replace("GREETER", main)
                        .replace("MAINLESS", main.replace(GREETER, MAINLESS))
                        .replace("PLACE", place().toString());
        Ended ended = run(whole.split(" ", -1));
        assertThat(ended.status()).as(ended.said()).isEqualTo(2);
        assertThat(ended.said()).startsWith("mirage: ").contains(reason).hasLineCount(1);
    }

    @Test
    void aDryRunOfAStockTenderNeedsNone() throws URISyntaxException {
        Ended ended =
                run(
                        "run",
                        "--main",
                        GREETER,
                        "--classpath",
                        place().toString(),
                        "--target",
                        "hvt",
                        "--tender",
                        "stock",
                        "--dry-run");
        assertThat(ended.status()).isZero();
        assertThat(ended.said()).startsWith("solo5-hvt --mem=64 -- ");
    }

    private static final String GREETER = "io.mirage4j.assembly.Greeter";
    private static final String MAINLESS = Mainless.class.getName();

    private record Ended(int status, String said) {}

    /// Both streams together.
    private static Ended run(String... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        try (var both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            return new Ended(Mirage.run(words), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static Path place() throws URISyntaxException {
        return Path.of(Programs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
