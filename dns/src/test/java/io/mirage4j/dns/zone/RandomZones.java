// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.ZoneReader;
import io.mirage4j.dns.ZoneRules;
import io.mirage4j.platform.memory.MemoryKv;

import java.io.IOException;
import java.util.Random;

/// Zones of all sorts of records, also such as do not go together.
public final class RandomZones {
    public static final DnsName APEX = DnsName.of("example.test.");

    private static final String[] NAMES = {
        "@", "www", "Host.www", "*.w", "sub", "ns.sub", "d", "x.d", "a.b.c"
    };
    private static final String[] DATA = {
        "A 192.0.2.1",
        "A 192.0.2.2",
        "MX 10 www",
        "MX 10 mail.elsewhere.test.",
        "TXT \"one\" two",
        "NS ns.sub",
        "CNAME www",
        "DNAME sub",
        "SRV 1 2 3 www",
        "TYPE4711 \\# 2 abcd",
        "RRSIG A 13 3 60 20400101000000 20200101000000 1 @ AAAA",
        "RRSIG MX 13 3 60 20400101000000 20200101000000 1 @ AAAA",
        "NSEC www A MX",
    };
    private static final String HASH = "0123456789abcdefghijklmnopqrstuv";

    /// A zone of serial 7 with these records.
    public static Zone zone(String records) {
        return zoneOf("$TTL 60\n@ SOA ns Admin 7 2 3 4 5\n@ NS ns.Elsewhere.test.\n" + records);
    }

    /// The zone of a file.
    public static Zone zoneOf(String text) {
        var files = new MemoryKv();
        files.put("zone", text);
        var builder = ZoneBuilder.trusting(APEX);
        try {
            new ZoneReader(files, ZoneRules.STANDARD).read("zone", APEX, builder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ((ZoneBuilder.Good) builder.build()).zone();
    }

    public static Zone of(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(NAMES[random.nextInt(NAMES.length)]).append(' ');
            if (random.nextInt(4) == 0) {
                text.append("30 ");
            }
            text.append(DATA[random.nextInt(DATA.length)]).append('\n');
        }
        if (random.nextBoolean()) {
            text.append("@ NSEC3PARAM 1 0 1 AA\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String salt = random.nextBoolean() ? "AA" : "BB";
            text.append(HASH.substring(i)).append(HASH, 0, i);
            text.append(" NSEC3 1 0 1 " + salt + " " + HASH + " A\n");
        }
        return zone(text.toString());
    }

    private RandomZones() {}
}
