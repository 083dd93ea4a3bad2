// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.testing.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the figures were measured on, and how busy it was meanwhile.
///
/// @param load the highest load average (one minute) during the run
/// @param pressure the highest share of time, in percent, that some task waited for a processor
public record Machine(
        String processor,
        int processors,
        String system,
        String jdk,
        String compiler,
        String date,
        double load,
        double pressure) {
    /// From here on the figures deserve a word of warning.
    private static final double HIGH_PRESSURE = 50;

    public static Machine here() {
        return new Machine(
                        processorName(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        System.getProperty("java.vendor") + " " + Runtime.version(),
                        CLibrary.compilerVersion(),
                        LocalDate.now(ZoneOffset.UTC).toString(),
                        0,
                        0)
                .watched();
    }

    /// The same machine, with the load of this moment counted in.
    public Machine watched() {
        return new Machine(
                processor,
                processors,
                system,
                jdk,
                compiler,
                date,
                Math.max(load, number(firstLine("/proc/loadavg").split(" ")[0])),
                Math.max(pressure, pressureNow()));
    }

    public boolean isBusy() {
        return pressure > HIGH_PRESSURE;
    }

    /// A sentence to warn with where the machine was busy; empty where it was not.
    public String warning() {
        return isBusy()
                ? "Others used the machine during this run: some task waited for a processor up to "
                        + Math.round(pressure)
                        + " % of the time. Ratios on one thread bear that well, times and rows of two"
                        + " threads less."
                : "";
    }

    /// `some avg10=4.38 avg60=10.11 ...`
    private static double pressureNow() {
        for (String word : firstLine("/proc/pressure/cpu").split(" ")) {
            if (word.startsWith("avg10=")) return number(word.substring("avg10=".length()));
        }
        return 0;
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String firstLine(String file) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static double number(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    Json toJson() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("processor", new Json.Text(processor));
        members.put("processors", new Json.Num(Integer.toString(processors)));
        members.put("system", new Json.Text(system));
        members.put("jdk", new Json.Text(jdk));
        members.put("compiler", new Json.Text(compiler));
        members.put("date", new Json.Text(date));
        members.put("load", new Json.Num(Double.toString(load)));
        members.put("pressure", new Json.Num(Double.toString(pressure)));
        return new Json.Members(members);
    }

    static Machine fromJson(Json json) {
        return new Machine(
                json.get("processor").text(),
                (int) json.get("processors").integer(),
                json.get("system").text(),
                json.get("jdk").text(),
                json.get("compiler").text(),
                json.get("date").text(),
                json.get("load").number(),
                json.get("pressure").number());
    }
}
