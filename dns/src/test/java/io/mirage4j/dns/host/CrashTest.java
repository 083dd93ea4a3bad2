// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.TimedOutException;
import io.mirage4j.platform.host.linux.FileBlockDevice;
import io.mirage4j.platform.host.net.SocketDatagrams;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Two servers, a process each, of which one or the other is killed while updates come in. What was
/// answered for is there afterwards, at both.
@Timeout(180)
class CrashTest {
    private static final int ROUNDS = Boolean.getBoolean("mirage.full") ? 30 : 4;
    private static final String ZONE =
            "$TTL 60\n@ SOA ns admin 1 3600 1 3600 5\n@ NS ns\nns AAAA ::1\n";

    @TempDir Path folder;

    private final int primaryPort = PeerServer.freePort();
    private final int secondaryPort = PeerServer.freePort();
    private final List<Process> running = new ArrayList<>();
    private final Random random = new Random(20_261_121);

    CrashTest() throws IOException {}

    /// A server of one zone: port, file of the journal, and the port of the one that it tells of
    /// changes, or with `follow` behind it of the one that it follows.
    public static void main(String[] arguments) throws Exception {
        BlockDevice disk = FileBlockDevice.open(Path.of(arguments[1]), 4096);
        var ours = new OurServer(Integer.parseInt(arguments[0]));
        int other = Integer.parseInt(arguments[2]);
        if (arguments.length > 3) {
            var primaries = List.of(OurServer.peer(other));
            ours.store.secondary(OurServer.APEX, primaries, OurServer.settings(disk));
        } else {
            ours.store.primary(RandomZones.zoneOf(ZONE), OurServer.settings(disk, other));
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    private Process start(int port, String disk, int other, String... follow) throws Exception {
        Path file = folder.resolve(disk);
        if (!Files.exists(file)) {
            FileBlockDevice.create(file, 4096, 64).close();
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashTest.class.getName(),
                                Integer.toString(port),
                                file.toString(),
                                Integer.toString(other)));
        command.addAll(List.of(follow));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(disk + ".log").toFile())
                        .start();
        running.add(process);
        return process;
    }

    @AfterEach
    void kill() throws Exception {
        for (Process process : running) process.destroyForcibly().waitFor();
    }

    @Test
    void whatWasAnsweredForIsThereWhateverIsKilled() throws Exception {
        Process primary = start(primaryPort, "first", secondaryPort);
        Process secondary = start(secondaryPort, "second", primaryPort, "follow");
        expectHosts(primaryPort, 0);
        expectHosts(secondaryPort, 0);
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            Process victim = first ? primary : secondary;
            int killAt = answered + 10 + random.nextInt(20);
            for (boolean killed = false; !killed || victim.isAlive(); ) {
                int host = answered + 1;
                killed |= host == killAt;
                if (killed) {
                    victim.destroyForcibly();
                }
                boolean done = update(host);
                assertThat(done || (first && killed)).as("update %d", host).isTrue();
                if (done) {
                    answered = host;
                }
            }
            victim.waitFor();
            if (first) primary = start(primaryPort, "first", secondaryPort);
            else secondary = start(secondaryPort, "second", primaryPort, "follow");
            expectHosts(primaryPort, answered);
            expectHosts(secondaryPort, answered);
        }
        // A secondary that starts alone serves what it had.
        primary.destroyForcibly().waitFor();
        secondary.destroyForcibly().waitFor();
        start(secondaryPort, "second", primaryPort, "follow");
        expectHosts(secondaryPort, answered);
        assertThat(answered).isGreaterThan(ROUNDS * 5);
    }

    /// Sends an update until it is answered; false if the server is gone.
    private boolean update(int host) throws IOException {
        DnsName name = host(host);
        String text = name + " 60 IN TXT \"" + "x".repeat(100) + "\"";
        ResourceRecord record = ResourceRecord.parse(text, name, DnsName.ROOT, 60).orThrow();
        var message =
                new Message(
                        host,
                        HeaderWire.opcodeBits(Opcode.UPDATE),
                        List.of(new Question(OurServer.APEX, RrType.SOA, RrClass.IN)),
                        List.of(),
                        List.of(record),
                        List.of(),
                        null);
        Message answer = ask(primaryPort, message.toOctets(), 40);
        return answer != null && answer.rcode() == Rcode.NOERROR;
    }

    private static DnsName host(int host) {
        return DnsName.of("host" + host + ".example.test.");
    }

    /// The answer to a signed request, which is sent a few times; null if there is none.
    private static Message ask(int port, Cstruct plain, int times) throws IOException {
        try (var socket = SocketDatagrams.open(OurServer.endpoint(0))) {
            socket.receiveTimeout(TimeUnit.MILLISECONDS.toNanos(50));
            var answer = Datagram.create(4096);
            for (int i = 0; i < times; i++) {
                Cstruct signed = Cstruct.create(1500);
                plain.copyTo(0, signed, 0, plain.length());
                var signer = TsigSigner.request(OurServer.KEY);
                long seconds = System.currentTimeMillis() / 1000;
                int length = signer.sign(signed, plain.length(), seconds);
                try {
                    socket.send(
                            Datagram.over(signed).length(length).remote(OurServer.endpoint(port)));
                    socket.receive(answer);
                } catch (TimedOutException e) {
                    continue;
                } catch (IOException e) {
                    pause();
                    continue;
                }
                Message message = Message.parse(answer.payload()).orThrow();
                if (message.id() == HeaderWire.id(plain) && message.rcode() != Rcode.SERVFAIL) {
                    return message;
                }
                pause();
            }
            return null;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void expectHosts(int port, int count) throws Exception {
        Tool.await(
                () -> {
                    Message soa = query(port, OurServer.APEX, RrType.SOA);
                    return soa != null
                            && !soa.answers().isEmpty()
                            && soa.answers().getFirst().data().value() instanceof RecordData.Soa now
                            && now.serial() > count;
                },
                () ->
                        Files.readString(
                                folder.resolve(port == primaryPort ? "first.log" : "second.log")));
        for (int host = 1; host <= count; host++) {
            Message answer = query(port, host(host), RrType.TXT);
            assertThat(answer).isNotNull();
            assertThat(answer.answers()).as("host%d at %d", host, port).hasSize(1);
        }
    }

    private static Message query(int port, DnsName name, int type) throws IOException {
        return ask(port, Message.query(77, name, type, null).toOctets(), 40);
    }
}
