// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.servers;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/// Jetty as it comes.
public final class JettyServer {
    public static void main(String[] args) throws Exception {
        var server = new Server(Integer.parseInt(args[0]));
        server.setHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback done) {
                        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                        Content.Sink.write(response, true, "hello\n", done);
                        return true;
                    }
                });
        server.start();
        server.join();
    }

    private JettyServer() {}
}
