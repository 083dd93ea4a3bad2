// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that follows every link of a site from `URL` on: pages, what they show, and places in
/// them. It prints each that leads nowhere, and how many there are; it ends with 1 if there were
/// any of the former.
final class Crawl {
    private static final Pattern LINK =
            Pattern.compile("\\b(?:href|src)=\"([^\"]*)\"|<(?:id|link)>(https?:[^<]*)</");
    private static final Pattern ANCHOR = Pattern.compile("\\b(?:id|name)=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<URI, String> pages = new HashMap<>();
    private final Set<String> broken = new TreeSet<>();

    public static void main(String[] args) throws IOException, InterruptedException {
        var crawl = new Crawl();
        int links = crawl.from(URI.create(args[0]));
        crawl.broken.forEach(System.out::println);
        System.out.printf(
                "crawl: %d links in %d pages, %d broken%n",
                links, crawl.pages.size(), crawl.broken.size());
        System.exit(crawl.broken.isEmpty() ? 0 : 1);
    }

    private int from(URI start) throws IOException, InterruptedException {
        Set<String> links = new LinkedHashSet<>();
        Deque<URI> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            URI page = open.remove();
            if (pages.containsKey(page)) continue;
            pages.put(page, get(page));
            for (Matcher link = LINK.matcher(pages.get(page)); link.find(); ) {
                String text = link.group(1) == null ? link.group(2) : link.group(1);
                URI target = page.resolve(text.replace("&amp;", "&"));
                if (!start.getAuthority().equals(target.getAuthority())) {
                    continue; // the rest of the world is not here
                }
                links.add(page + " -> " + target);
                open.add(withoutFragment(target));
            }
        }
        links.forEach(this::checkPlace);
        return links.size();
    }

    private String get(URI page) throws IOException, InterruptedException {
        if (page.getPath().startsWith("/live/figures")) {
            return ""; // never ends
        }
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            broken.add(page + " is " + response.statusCode());
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        boolean hasLinks = type.startsWith("text/html") || type.contains("xml");
        return hasLinks ? response.body() : "";
    }

    private void checkPlace(String link) {
        URI target = URI.create(link.substring(link.indexOf(" -> ") + 4));
        String fragment = target.getFragment();
        if (fragment == null || fragment.isEmpty()) return;
        Matcher anchor = ANCHOR.matcher(pages.getOrDefault(withoutFragment(target), ""));
        while (anchor.find()) {
            if (anchor.group(1).equals(fragment)) return;
        }
        broken.add(link + ": no such place in the page");
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }
}
