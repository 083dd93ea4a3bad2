// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

/// A zone and where it is written, as the command line has it: `example.org=example.org.zone`.
record ZoneFile(DnsName zone, String file) {
    static Parsed<ZoneFile> parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0 || equals + 1 == text.length()) {
            return new Parsed.Malformed<>("no '=' and a file behind the name", text.length());
        }
        try {
            return new Parsed.Value<>(
                    new ZoneFile(
                            DnsName.of(text.substring(0, equals)), text.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
            return new Parsed.Malformed<>(String.valueOf(e.getMessage()), 0);
        }
    }

    /// The folder of the file, `.` if there is none before it.
    String folder() {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, slash + 1);
    }

    /// The file in its folder.
    String name() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return zone + "=" + file;
    }
}
