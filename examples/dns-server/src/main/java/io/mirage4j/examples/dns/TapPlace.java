// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.host.DnstapWriter;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Parsed;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where dnstap goes. Files and sockets of that kind are those of a system below.
sealed interface TapPlace {
    record File(String path) implements TapPlace {}

    record Socket(String path) implements TapPlace {}

    record Server(Endpoint endpoint) implements TapPlace {}

    /// Reads `FILE`, `unix:SOCKET` or `ADDRESS:PORT`.
    static Parsed<TapPlace> parse(String text) {
        if (text.isEmpty()) return new Parsed.Malformed<>("nothing", 0);
        String unix = "unix:";
        if (text.startsWith(unix)) {
            return new Parsed.Value<>(new Socket(text.substring(unix.length())));
        }
        return switch (Endpoint.parse(text)) {
            case Parsed.Value<Endpoint>(Endpoint endpoint) ->
                    new Parsed.Value<>(new Server(endpoint));
            case Parsed.Malformed<Endpoint> other -> new Parsed.Value<>(new File(text));
        };
    }

    /// Begins to write what `log` has.
    ///
    /// @throws IOException if there is no such file here
    default DnstapWriter open(DnstapLog log, Connector network) throws IOException {
        return switch (this) {
            case File(String path) ->
                    DnstapWriter.toFile(
                            log,
                            FileChannel.open(
                                    Path.of(path),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE));
            case Socket(String path) -> {
                var address = UnixDomainSocketAddress.of(path);
                yield DnstapWriter.toSocket(log, () -> SocketChannel.open(address));
            }
            case Server(Endpoint endpoint) -> DnstapWriter.toServer(log, network, endpoint);
        };
    }
}
