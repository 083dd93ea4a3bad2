// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZonePrinter;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.Console;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Files of the system below into which zones are written when updates or transfers have changed
/// them: some seconds later, and at the end. A file is there as a whole or as it was.
final class SavedZones implements Closeable {
    private static final int LOOKS_BETWEEN = 10;

    private final List<ZoneFile> files;
    private final DnsServer server;
    private final ZoneKeeper keeper;
    private final Console console;
    private final Map<DnsName, Integer> serials = new HashMap<>();
    private int looks;

    SavedZones(List<ZoneFile> files, DnsServer server, ZoneKeeper keeper, Console console) {
        this.files = files;
        this.server = server;
        this.keeper = keeper;
        this.console = console;
        for (ZoneFile file : files) {
            keeper.serialIn(file).ifPresent(serial -> serials.put(file.zone(), serial));
        }
    }

    /// Called again and again, writes what has changed in every tenth call.
    void look() {
        if (++looks % LOOKS_BETWEEN == 0) {
            close();
        }
    }

    /// Writes what has changed now.
    @Override
    public synchronized void close() {
        for (ZoneFile file : files) {
            Zone zone = server.zones().get(file.zone());
            if (zone == null) continue;
            Integer saved = serials.get(file.zone());
            if (saved != null && saved == zone.serial()) continue;
            try {
                write(zone, Path.of(file.file()));
                serials.put(file.zone(), zone.serial());
                keeper.wrote(file);
            } catch (IOException e) {
                console.println("zone " + zone.apex() + " was not written: " + e);
            }
        }
    }

    private static void write(Zone zone, Path file) throws IOException {
        var printer = new ZonePrinter();
        zone.each()
                .forEachRemaining(
                        record ->
                                printer.record(
                                        record.name(),
                                        record.rrClass(),
                                        record.ttl(),
                                        record.data()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(printer.emit().toByteArray());
            while (text.hasRemaining()) out.write(text);
            // Before the name is its: a loss of power leaves no empty file under it.
            out.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
