// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Debian's Chromium without a window, in a space.
final class Browser {
    private static final String PROGRAM = "chromium";
    private static final Path SHOTS = Path.of("target", "screenshots").toAbsolutePath();

    private static final int DEBUGGING = 9222;

    private final Space space;
    private final Path profile;

    private Browser(Space space, Path profile) {
        this.space = space;
        this.profile = profile;
    }

    static Browser in(Space space) throws IOException {
        Peers.require(PROGRAM);
        Files.createDirectories(SHOTS);
        return new Browser(space, Files.createTempDirectory(SHOTS.getParent(), "chromium-"));
    }

    /// Pictures of a page: narrow and wide, light and dark.
    void shoot(String url, String prefix) throws IOException {
        String page = url.substring(url.lastIndexOf('/') + 1).replace(".html", "");
        for (String look : List.of("phone", "desktop")) {
            for (String colors : List.of("light", "dark")) {
                String size = look.equals("phone") ? "500,1400" : "1280,1400";
                Path file = SHOTS.resolve(String.join("-", prefix, page, look, colors) + ".png");
                Files.deleteIfExists(file);
                String scheme = colors.equals("dark") ? "0" : "1";
                run(
                        "--hide-scrollbars",
                        "--blink-settings=preferredColorScheme=" + scheme,
                        "--window-size=" + size,
                        "--screenshot=" + file,
                        url);
                assertThat(file).isNotEmptyFile();
            }
        }
    }

    /// What [LivePage] says of the live page in it.
    NetworkNamespace.Result watch(String url) throws IOException {
        Process browser = space.begin(command("--remote-debugging-port=" + DEBUGGING, url));
        try {
            return space.run(LivePage.class, 60, String.valueOf(DEBUGGING));
        } finally {
            browser.destroy();
            browser.onExit().join();
        }
    }

    private void run(String... words) throws IOException {
        space.run(command(words).toArray(String[]::new));
    }

    private List<String> command(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                PROGRAM,
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + profile));
        command.addAll(List.of(words));
        return command;
    }
}
