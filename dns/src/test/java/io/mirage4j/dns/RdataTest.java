// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Parsed;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

class RdataTest {
    record Sample(String type, String text) {
        Rdata data() {
            return Rdata.of(RrType.parse(type).orThrow(), text);
        }
    }

    static List<Sample> samples() {
        try (InputStream in = RdataTest.class.getResourceAsStream("/vectors/rdata.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .map(parts -> new Sample(parts[0], parts[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void textIsReadAndPrintedAsItWas(Sample sample) {
        assertThat(sample.data()).hasToString(sample.text);
    }

    @Test
    void wordsAreReadForNumbers() {
        assertThat(Rdata.of(RrType.KEY, "NOAUTH|zone|SIG5 dnssec RSASHA1 AQ=="))
                .hasToString("33029 3 5 AQ==");
        assertThat(Rdata.of(RrType.KEY, "NOKEY NONE 0")).hasToString("49152 0 0");
        assertThatThrownBy(() -> Rdata.of(RrType.KEY, "ZONE|HOST 3 5 AQ=="))
                .hasMessageContaining("twice the same field");
        assertThat(Rdata.of(RrType.WKS, "192.0.2.1 egp printer KShell imap3 1023"))
                .hasToString("192.0.2.1 8 220 515 544 1023");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void octetsAreReadFromMessagesAndTakenApartAndPutTogether(Sample sample) {
        Rdata data = sample.data();
        byte[] octets = data.toByteArray();
        assertThat(Rdata.of(data.type(), octets)).isEqualTo(data);
        assertThat(Rdata.read(Cstruct.of(octets), 0, octets.length, data.type())).isEqualTo(data);
        assertThat(data.value().rdata().toByteArray()).isEqualTo(octets);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theGenericFormMeansTheSame(Sample sample) {
        Rdata data = sample.data();
        var generic = new TextOut();
        generic.text("\\# ").decimal(data.lengthOctets()).ch(' ');
        generic.hex(data.octets(), 0, data.lengthOctets());
        assertThat(Rdata.of(data.type(), generic.toString())).isEqualTo(data);
    }

    @Test
    void everyTypeWithAFormHasASample() {
        Set<Integer> sampled =
                samples().stream().map(sample -> sample.data().type()).collect(Collectors.toSet());
        for (int type = 0; type <= 0xffff; type++) {
            if (RdataForm.of(type) != null) {
                assertThat(sampled).contains(type);
            }
        }
    }

    /// Octets that are one changed, cut or longer sample: they are data or not, and what is data
    /// survives its text.
    @Property(tries = 20_000)
    void whateverIsDataSurvivesItsText(@ForAll("mutated") Rdata data) {
        Rdata again = Rdata.of(data.type(), data.toString());
        assertThat(again.toByteArray()).as(data.toString()).isEqualTo(data.toByteArray());
        assertThat(data.value().rdata().toByteArray()).isEqualTo(data.toByteArray());
        assertThat(data.canonical()).isEqualTo(data).hasSameHashCodeAs(data);
    }

    @Provide
    Arbitrary<Rdata> mutated() {
        List<Sample> samples = samples();
        return Arbitraries.randomValue(
                random -> {
                    while (true) {
                        Rdata data = samples.get(random.nextInt(samples.size())).data();
                        byte[] octets = mutate(data.toByteArray(), random);
                        Rdata read = Rdata.read(Cstruct.of(octets), 0, octets.length, data.type());
                        if (read != null) return read;
                    }
                });
    }

    private static byte[] mutate(byte[] octets, Random random) {
        int length =
                Math.max(0, octets.length + (random.nextInt(4) == 0 ? random.nextInt(9) - 4 : 0));
        byte[] mutated = Arrays.copyOf(octets, length);
        for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
            mutated[random.nextInt(length)] = (byte) random.nextInt();
        }
        return mutated;
    }

    @Test
    void namesInDataThatTheCanonicalFormFoldsDoNotDifferByCase() {
        assertThat(Rdata.of(RrType.MX, "10 A.example."))
                .isEqualTo(Rdata.of(RrType.MX, "10 a.EXAMPLE."))
                .hasSameHashCodeAs(Rdata.of(RrType.MX, "10 a.EXAMPLE."));
        assertThat(Rdata.of(RrType.NSEC, "A.example. A"))
                .as("RFC 6840, 5.1: not those of NSEC")
                .isNotEqualTo(Rdata.of(RrType.NSEC, "a.example. A"));
    }

    @Test
    void namesInDataAreDecompressed() {
        byte[] message = {3, 'o', 'r', 'g', 0, 0, 10, 1, 'a', (byte) 0xc0, 0};
        assertThat(Rdata.read(Cstruct.of(message), 5, 6, RrType.MX)).hasToString("10 a.org.");
    }

    @Test
    void dataThatIsNoneIsRefused() {
        assertThat(Rdata.read(Cstruct.create(5), 0, 5, RrType.A)).isNull();
        assertThatThrownBy(() -> Rdata.of(RrType.A, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 octets are no data of A");
        assertThat(Rdata.parse(RrType.MX, "70000 a.", DnsName.ROOT))
                .isEqualTo(new Parsed.Malformed<>("70000 > 65535", 0));
        assertThat(Rdata.parse(RrType.MX, "10 a. b.", DnsName.ROOT))
                .isEqualTo(new Parsed.Malformed<>("more than belongs here: b.", 6));
    }

    @Test
    void aListOfPointersInDataDoesNotGrowWithoutEnd() {
        byte[] message = new byte[60_000];
        Arrays.fill(message, (byte) 'x');
        for (int at = 0; at < 250; at += 50) message[at] = 49;
        message[250] = 0;
        int from = 251;
        message[from] = 1;
        message[from + 2] = 0;
        message[from + 3] = 1;
        for (int at = from + 6; at + 1 < message.length; at += 2) {
            message[at] = (byte) 0xc0;
            message[at + 1] = 0;
        }
        int length = (message.length - from) / 2 * 2;
        assertThat(Rdata.read(Cstruct.of(message), from, length, RrType.HIP)).isNull();
    }
}
