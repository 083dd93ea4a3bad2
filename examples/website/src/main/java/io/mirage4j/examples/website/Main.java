// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website;

import io.mirage4j.http.server.AccessLog;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Program;
import io.mirage4j.tcpip.unikernel.ProgramNetwork;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// [Website] on whatever network there is.
public final class Main {
    private static final int LAST_PORT = 65_535;

    /// How requests are logged.
    enum LogForm {
        NONE,
        COMMON,
        JSON
    }

    private static final Argument<Optional<Integer>> HTTP_PORT =
            Argument.number("http-port", 1, LAST_PORT)
                    .help("of the site (80 on a stack of its own, else 8080)")
                    .optional();
    private static final Argument<Optional<Integer>> DNS_PORT =
            Argument.number("dns-port", 1, LAST_PORT)
                    .help("of the zone (53 on a stack of its own, else 5353)")
                    .optional();
    private static final Argument<String> ZONE =
            Argument.text("zone").help("the name of the site").orElse("mirage.example");
    private static final Argument<LogForm> LOG =
            Argument.choice("log", LogForm.values())
                    .help("how requests are logged")
                    .orElse(LogForm.NONE);
    private static final Argument<Optional<Endpoint>> METRICS =
            Argument.endpoint("metrics")
                    .help("where the server's numbers are read by HTTP, as Prometheus does")
                    .optional();

    static final Declaration DECLARATION =
            Declaration.named("website")
                    .about("Serves the project's own site, and the zone of its name.")
                    .argument(HTTP_PORT)
                    .argument(DNS_PORT)
                    .argument(ZONE)
                    .argument(LOG)
                    .argument(METRICS)
                    .with(ProgramNetwork::declare)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Main::run);
    }

    static int run(Board board, Arguments arguments) throws InterruptedException {
        Console console = board.console();
        try {
            ProgramNetwork net = ProgramNetwork.open(board, arguments);
            boolean own = net.hasStack();
            String name = arguments.get(ZONE);
            var site =
                    new Website(
                            Content.SITE,
                            SiteZone.of(name, net.addresses()),
                            board.clock(),
                            board.entropy(),
                            log(arguments.get(LOG), console),
                            platform());
            int web = arguments.get(HTTP_PORT).orElse(own ? 80 : 8080);
            int dns = arguments.get(DNS_PORT).orElse(own ? 53 : 5353);
            site.serveHttp(net.listen(web));
            site.serveDns(net.bindForMany(dns), net.listen(dns));
            Optional<Endpoint> numbers = arguments.get(METRICS);
            if (numbers.isPresent()) {
                site.serveNumbers(net.listen(numbers.get()));
            }
            for (IpAddress address : net.addresses()) {
                console.println("website: " + url(new Endpoint(address, web)));
            }
            String port = dns == 53 ? "" : " -p " + dns;
            console.println("website: dig @" + net.address() + port + " www." + name);
            Runtime.getRuntime().addShutdownHook(new Thread(site::stop));
        } catch (IllegalArgumentException | IOException e) {
            console.println("website: " + e.getMessage() + "; --help tells what to choose");
            return 1;
        }
        new CountDownLatch(1).await();
        return Program.OK;
    }

    private static String platform() {
        boolean image = "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
        return image ? "unikernel" : "JVM " + Runtime.version().feature();
    }

    private static String url(Endpoint web) {
        String text = web.toString();
        boolean usual = web.port() == 80;
        return "http://" + (usual ? text.substring(0, text.length() - 3) : text) + "/";
    }

    private static AccessLog log(LogForm form, Console console) {
        return switch (form) {
            case NONE -> AccessLog.NONE;
            case COMMON -> AccessLog.common(console);
            case JSON -> AccessLog.json(console);
        };
    }

    private Main() {}
}
