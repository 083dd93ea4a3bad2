// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server of ours with a store, on a loopback port; whoever has the key may do everything.
final class OurServer implements AutoCloseable {
    static final String SECRET = "c2VjcmV0IG9mIHR3byBzZXJ2ZXJz";
    static final TsigKey KEY = TsigKey.parse("key.test:hmac-sha256:" + SECRET).orThrow();
    static final String DIG_KEY = "hmac-sha256:key.test:" + SECRET;
    static final DnsName APEX = DnsName.of("example.test.");

    final int port;
    final DnsServer server;
    final ZoneStore store;
    final List<String> log = new CopyOnWriteArrayList<>();

    OurServer(int port) throws IOException {
        this.port = port;
        var clock = new HostClock();
        server = new DnsServer(ServerOptions.of(1, 2).withNsid(Blob.EMPTY), clock);
        Endpoint here = endpoint(port);
        var notifyPort = SocketDatagrams.open(endpoint(0));
        var connector = SocketConnector.create();
        store = new ZoneStore(server, clock, new HostEntropy(), connector, notifyPort, log::add);
        server.policy(server.policy().with(TsigKeys.of(KEY)));
        server.serve(SocketDatagrams.open(here));
        server.serve(SocketListener.open(here));
    }

    OurServer() throws IOException {
        this(PeerServer.freePort());
    }

    static Endpoint endpoint(int port) {
        return Endpoint.of("127.0.0.1:" + port);
    }

    static Peer peer(int port) {
        return new Peer(endpoint(port), KEY);
    }

    static ZoneSettings settings(@Nullable BlockDevice disk, Integer... alsoNotify) {
        AccessList ours = AccessList.parse("key:key.test").orThrow();
        var access = new ZoneAccess(AccessList.ANY, ours, ours, AccessList.ANY);
        List<Peer> peers = List.of(alsoNotify).stream().map(OurServer::peer).toList();
        return new ZoneSettings(access, peers, disk);
    }

    /// The serial of the zone as it is served; 0 if there is none.
    int serial() {
        Zone zone = server.zones().get(APEX);
        return zone == null ? 0 : zone.serial();
    }

    void awaitSerial(int serial) throws Exception {
        Tool.await(() -> serial() == serial, () -> serial() + " " + log);
    }

    /// Makes an update by `nsupdate`, and gives what that prints: nothing if all went well.
    static String nsupdate(int port, String... lines) throws Exception {
        String input =
                "server 127.0.0.1 %d\nzone example.test\n%s\nsend\n"
                        .formatted(port, String.join("\n", lines));
        return Tool.run("nsupdate", input, "-y", DIG_KEY);
    }

    static String dig(int port, Object... arguments) throws Exception {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "@127.0.0.1";
        all[1] = "-p";
        all[2] = port;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Tool.run("dig", "", all);
    }

    @Override
    public void close() throws IOException {
        store.close();
        server.close();
    }
}
