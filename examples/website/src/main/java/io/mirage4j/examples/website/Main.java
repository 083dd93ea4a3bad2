// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website;

import io.mirage4j.http.server.AccessLog;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// [Website] on the kernel's sockets.
public final class Main {
    private static final int LAST_PORT = 65_535;

    /// How requests are logged.
    enum LogForm {
        NONE,
        COMMON,
        JSON
    }

    private static final Argument<IpAddress> ADDRESS =
            Argument.ipAddress("address")
                    .help("where to listen, and what the zone says")
                    .orElse(IpAddress.of("127.0.0.1"));
    private static final Argument<Integer> HTTP_PORT =
            Argument.number("http-port", 1, LAST_PORT).help("of the site").orElse(8080);
    private static final Argument<Integer> DNS_PORT =
            Argument.number("dns-port", 1, LAST_PORT).help("of the zone").orElse(5353);
    private static final Argument<String> ZONE =
            Argument.text("zone").help("the name of the site").orElse("mirage.example");
    private static final Argument<LogForm> LOG =
            Argument.choice("log", LogForm.values())
                    .help("how requests are logged")
                    .orElse(LogForm.NONE);

    static final Declaration DECLARATION =
            Declaration.named("website")
                    .about("Serves the project's own site, and the zone of its name.")
                    .argument(ADDRESS)
                    .argument(HTTP_PORT)
                    .argument(DNS_PORT)
                    .argument(ZONE)
                    .argument(LOG)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Main::run);
    }

    private static int run(Board board, Arguments arguments)
            throws IOException, InterruptedException {
        Console console = board.console();
        IpAddress address = arguments.get(ADDRESS);
        String name = arguments.get(ZONE);
        Website site;
        try {
            site =
                    new Website(
                            Content.SITE,
                            SiteZone.of(name, List.of(address)),
                            board.clock(),
                            board.entropy(),
                            log(arguments.get(LOG), console),
                            "JVM " + Runtime.version().feature());
            var web = new Endpoint(address, arguments.get(HTTP_PORT));
            var dns = new Endpoint(address, arguments.get(DNS_PORT));
            site.serveHttp(SocketListener.open(web));
            site.serveDns(SocketDatagrams.open(dns), SocketListener.open(dns));
            console.println("website: http://" + web + "/");
            console.println("website: dig @" + address + " -p " + dns.port() + " www." + name);
        } catch (IllegalArgumentException | IOException e) {
            console.println("website: " + e.getMessage());
            return 1;
        }
        drainAtTheEnd(site);
        new CountDownLatch(1).await();
        return 0;
    }

    private static AccessLog log(LogForm form, Console console) {
        return switch (form) {
            case NONE -> AccessLog.NONE;
            case COMMON -> AccessLog.common(console);
            case JSON -> AccessLog.json(console);
        };
    }

    private static void drainAtTheEnd(Website site) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    try {
                                        site.drain(TimeUnit.SECONDS.toNanos(5));
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
    }

    private Main() {}
}
