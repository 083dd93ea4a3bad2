// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.uri.Uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which proxy the environment asks for, as curl and others read it: `http_proxy`, `https_proxy`,
/// `all_proxy`, and `no_proxy` for whom there is none, in lower case or upper case. `HTTP_PROXY` is
/// not read in upper case: under CGI a client could set it by a field named Proxy.
public final class Proxies {
    private final Map<String, String> environment;
    private final List<String> direct = new ArrayList<>();

    private Proxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        var names = new FieldText(variable("no_proxy").replace(' ', ','));
        while (names.nextElement()) {
            direct.add(names.until(",").toLowerCase(Locale.ROOT));
        }
    }

    public static Proxies of(Map<String, String> environment) {
        return new Proxies(environment);
    }

    /// The proxy for a URI, or none.
    public Optional<Uri> proxyFor(Uri uri) {
        String scheme = uri.scheme().orElse("").toLowerCase(Locale.ROOT);
        String host = uri.hostText().orElse("").toLowerCase(Locale.ROOT);
        if (host.isEmpty() || isDirect(host, uri.portOrDefault())) return Optional.empty();
        String proxy = variable(scheme + "_proxy");
        if (proxy.isEmpty()) {
            proxy = variable("all_proxy");
        }
        if (proxy.isEmpty()) return Optional.empty();
        String text = proxy.contains("://") ? proxy : "http://" + proxy;
        return Uri.parse(text) instanceof Uri found && found.hasAuthority()
                ? Optional.of(found)
                : Optional.empty();
    }

    private boolean isDirect(String host, int port) {
        for (String entry : direct) {
            if (entry.equals("*")) return true;
            String name = entry;
            int colon = entry.lastIndexOf(':');
            boolean hasPort = colon > 0 && entry.indexOf(':') == colon;
            if (hasPort) {
                if (!entry.substring(colon + 1).equals(Integer.toString(port))) continue;
                name = entry.substring(0, colon);
            }
            String suffix = name.startsWith(".") ? name : "." + name;
            if (host.equals(suffix.substring(1)) || host.endsWith(suffix)) return true;
        }
        return false;
    }

    private String variable(String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty() && !name.equals("http_proxy")) {
            value = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
        }
        return value.strip();
    }
}
