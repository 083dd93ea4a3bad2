// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that asks a browser, by its debugging port, what the live page in it shows, until it
/// has shown three different times of the server: `PORT`. It prints them; it ends with 1 if they do
/// not come within some seconds.
final class LivePage implements WebSocket.Listener {
    private static final int WANTED = 3;
    private static final int SECONDS = 30;
    private static final int PAUSE_MILLIS = 200;
    private static final Pattern SOCKET =
            Pattern.compile("\"type\": \"page\",[^}]*\"webSocketDebuggerUrl\": \"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\"value\":\"([0-9,]+)\"");
    private static final String QUESTION =
            "{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":"
                    + "\"document.getElementById('figure-uptime').textContent\"}}";

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    public static void main(String[] args) throws IOException, InterruptedException {
        Set<String> shown = new LivePage().watch(Integer.parseInt(args[0]));
        System.out.println("live page: " + shown);
        System.exit(shown.size() < WANTED ? 1 : 0);
    }

    private Set<String> watch(int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Set<String> shown = new LinkedHashSet<>();
        var client = HttpClient.newHttpClient();
        WebSocket page = null;
        while (shown.size() < WANTED && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE_MILLIS);
            if (page == null) {
                page = open(client, port);
                continue;
            }
            page.sendText(QUESTION, true).join();
            String answer = answers.poll(SECONDS, TimeUnit.SECONDS);
            Matcher value = VALUE.matcher(answer == null ? "" : answer);
            if (value.find()) {
                shown.add(value.group(1));
            }
        }
        return shown;
    }

    /// Null as long as the browser is not there.
    private WebSocket open(HttpClient client, int port) throws InterruptedException {
        try {
            var pages = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"));
            String list = client.send(pages.build(), HttpResponse.BodyHandlers.ofString()).body();
            Matcher socket = SOCKET.matcher(list);
            return socket.find()
                    ? client.newWebSocketBuilder()
                            .buildAsync(URI.create(socket.group(1)), this)
                            .join()
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        answers.add(data.toString());
        socket.request(1);
        return null;
    }
}
