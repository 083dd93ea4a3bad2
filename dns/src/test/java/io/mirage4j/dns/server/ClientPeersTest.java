// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.ZonePrinter;
import io.mirage4j.dns.ZoneReader;
import io.mirage4j.dns.ZoneRules;
import io.mirage4j.dns.client.Answer;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.host.DnsClient;
import io.mirage4j.dns.host.LookupFailedException;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Our client asks NSD, Knot and BIND what dig asks them, and finds what dig is told.
@Timeout(240)
class ClientPeersTest {
    private static final DnsName ORIGIN = DnsName.of("example.test.");
    private static final int QUESTIONS = Boolean.getBoolean("mirage.full") ? 10_000 : 3000;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(PeerServer.Kind.class)
    void theClientFindsWhatDigIsTold(PeerServer.Kind kind) throws Exception {
        Path dig = Peers.require("dig");
        Path file = PeerZones.make(folder, PeerZones.Form.UNSIGNED);
        List<Question> questions = questions(file);
        Map<Object, Integer> outcomes = new TreeMap<>();
        try (var peer = PeerServer.start(kind, folder, file);
                var dns = client(peer.endpoint())) {
            List<DigAnswer> told = DigAnswer.ask(dig, folder, peer.endpoint(), questions);
            for (int i = 0; i < questions.size(); i++) {
                String outcome = compare(dns, questions.get(i), told.get(i));
                outcomes.merge(outcome, 1, Integer::sum);
            }
        }
        System.out.printf("client and %s: %d questions, %s%n", kind, questions.size(), outcomes);
        assertThat(outcomes).containsKeys("FOUND", "NO_DATA", "NO_SUCH_NAME", "failed");
    }

    private static DnsClient client(Endpoint server) {
        return new DnsClient(
                ClientOptions.of(server).withCachedAnswers(0).withPatience(2_000_000_000L, 5),
                SocketDatagrams::open,
                SocketConnector.create(),
                new HostEntropy(),
                new HostClock());
    }

    private static List<Question> questions(Path file) throws IOException {
        var files = new MemoryKv();
        files.put("zone", Cstruct.of(Files.readAllBytes(file)).readOnly(), Instant.EPOCH);
        var records = new ZonePrinter();
        new ZoneReader(files, ZoneRules.STANDARD).read("zone", ORIGIN, records);
        var queries = new QueryMaker(records.records(), 4711);
        List<Question> questions = new ArrayList<>();
        while (questions.size() < QUESTIONS) {
            Message query = Message.parse(Cstruct.of(queries.next())).orThrow();
            questions.add(query.questions().getFirst());
        }
        return questions;
    }

    /// What became of a question.
    private static String compare(DnsClient dns, Question question, DigAnswer told)
            throws IOException {
        Answer answer;
        try {
            answer = dns.lookup(question.name(), question.type());
        } catch (LookupFailedException e) {
            // An authoritative server refers to others, also at the end of aliases, or refuses what
            // lies outside; BIND fails where aliases run in a circle.
            assertThat(e)
                    .hasMessageMatching(
                            ".*(does not recurse|says REFUSED|lead back to|max. restarts reached).*");
            assertThat(told.end(question)).as("%s of %s", e.getMessage(), told).isEmpty();
            return "failed";
        }
        assertThat(answer.outcome() == Answer.Outcome.NO_SUCH_NAME)
                .as("%s is told %s", question, told)
                .isEqualTo(told.status().equals("NXDOMAIN"));
        Set<String> expected = texts(told.end(question));
        assertThat(texts(answer.records())).as("%s is told %s", question, told).isEqualTo(expected);
        return answer.outcome().toString();
    }

    private static Set<String> texts(List<ResourceRecord> records) {
        Set<String> texts = new HashSet<>();
        for (ResourceRecord r : records) {
            texts.add(r.name().canonical() + " " + r.ttl() + " " + r.data().canonical());
        }
        return texts;
    }

    /// What dig printed about one question.
    private record DigAnswer(String status, List<ResourceRecord> records) {
        /// All questions in one run of dig.
        static List<DigAnswer> ask(Path dig, Path folder, Endpoint server, List<Question> questions)
                throws Exception {
            var batch = new StringBuilder();
            for (Question question : questions) {
                batch.append("-q ").append(question.name());
                batch.append(" -t ").append(RrType.name(question.type())).append('\n');
            }
            Path file = Files.writeString(folder.resolve("questions"), batch);
            Path output = folder.resolve("dig.out");
            Process process =
                    new ProcessBuilder(
                                    dig.toString(),
                                    "@127.0.0.1",
                                    "-p",
                                    "" + server.port(),
                                    "+noall",
                                    "+comments",
                                    "+answer",
                                    "+noidnin",
                                    "+noidnout",
                                    "-f",
                                    file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
            return read(Files.readString(output, StandardCharsets.ISO_8859_1), questions.size());
        }

        private static List<DigAnswer> read(String output, int count) {
            List<DigAnswer> answers = new ArrayList<>();
            for (String line : output.lines().toList()) {
                int status = line.indexOf("status: ");
                if (line.startsWith(";; ->>HEADER<<-") && status > 0) {
                    String word = line.substring(status + 8, line.indexOf(',', status));
                    answers.add(new DigAnswer(word, new ArrayList<>()));
                } else if (!line.isBlank() && !line.startsWith(";")) {
                    answers.getLast()
                            .records
                            .add(
                                    ResourceRecord.parse(line, DnsName.ROOT, DnsName.ROOT, 0)
                                            .orThrow());
                }
            }
            assertThat(answers).hasSize(count);
            return answers;
        }

        /// The records of the type at the end of the aliases.
        List<ResourceRecord> end(Question question) {
            DnsName name = question.name();
            for (int steps = 0; steps <= records.size(); steps++) {
                DnsName here = name;
                List<ResourceRecord> found =
                        records.stream()
                                .filter(r -> r.name().equals(here) && r.type() == question.type())
                                .toList();
                if (!found.isEmpty()) return found;
                for (ResourceRecord r : records) {
                    if (r.name().equals(here) && r.type() == RrType.CNAME) {
                        name = DnsName.of(r.data().toString());
                    }
                }
            }
            return List.of();
        }
    }
}
