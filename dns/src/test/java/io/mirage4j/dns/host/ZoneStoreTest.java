// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.platform.host.linux.FileBlockDevice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

@Timeout(60)
class ZoneStoreTest {
    private static final String ZONE =
            "$TTL 60\n@ SOA ns admin 1 3600 1 3600 5\n@ NS ns\nns AAAA ::1\n";

    @TempDir Path folder;

    private FileBlockDevice disk() throws IOException {
        return FileBlockDevice.open(
                folder.resolve("journal"), 512, FileBlockDevice.Option.EXCLUSIVE);
    }

    @Test
    void aZoneThatGoesGivesItsDiskBack() throws IOException {
        FileBlockDevice.create(folder.resolve("journal"), 512, 64).close();
        try (var ours = new OurServer()) {
            var served = ours.store.primary(RandomZones.zoneOf(ZONE), OurServer.settings(disk()));
            assertThat(served.serial()).isEqualTo(1);
            assertThatIOException().isThrownBy(this::disk).withMessageContaining("is in use");
            ours.store.remove(OurServer.APEX);
            assertThat(ours.serial()).isZero();
            disk().close();
        }
    }
}
