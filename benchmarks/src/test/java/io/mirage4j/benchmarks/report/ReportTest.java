// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.benchmarks.harness.Outcome;
import io.mirage4j.benchmarks.harness.Result;
import io.mirage4j.benchmarks.harness.Summary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

class ReportTest {
    private static final Machine MACHINE =
            new Machine(
                    "Turing <1 & only>", 2, "Linux 6", "25.0.3", "cc 12", "2026-11-21", 1.5, 80);

    @TempDir Path folder;

    @Test
    void theChartIsWellFormedAndHasABarForEachComparison() throws Exception {
        Document chart = parsed(BarChart.of(run("cstruct", 0.5, 1.0, 7.0)));
        assertThat(classes(chart, "rect"))
                .containsExactly("track", "met", "track", "met", "track", "missed");
        assertThat(chart.getDocumentElement().getTextContent())
                .contains("copy-0 vs C", "skipped: no <cc>", "24 octets, goal 1 missed");
    }

    @Test
    void barsAreInProportionUpToTheEndOfTheAxis() throws Exception {
        Document chart = parsed(BarChart.of(run("cstruct", 0.5, 1.0, 7.0)));
        List<Double> widths = new ArrayList<>();
        var bars = chart.getElementsByTagName("rect");
        for (int i = 1; i < bars.getLength(); i += 2) {
            widths.add(Double.valueOf(((Element) bars.item(i)).getAttribute("width")));
        }
        assertThat(widths.get(1)).isBetween(1.98 * widths.get(0), 2.02 * widths.get(0));
        assertThat(widths.get(2)).isBetween(2.9 * widths.get(1), 3.0 * widths.get(1) + 1);
    }

    @Test
    void thePageIsWellFormedAndSaysThatTheMachineWasBusy() throws Exception {
        String page = Page.of(List.of(run("cstruct", 0.5), run("ring", 2.0)));
        Document document = parsed(page.replace("<!DOCTYPE html>", ""));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("Turing <1 & only>", "25.0.3", "cc 12", "2026-11-21", "80 % of the time");
        assertThat(page).doesNotContain("<script").doesNotContain("src=");
    }

    @Test
    void aRunOfOneModuleLeavesTheOthersOnThePage() throws IOException {
        Report.store(folder, List.of(run("cstruct", 0.5), run("ring", 2.0)));
        Report.store(folder, List.of(run("cstruct", 0.25)));
        assertThat(folder)
                .isDirectoryContaining("glob:**ring.svg")
                .isDirectoryContaining("glob:**ring.json");
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("id=\"ring\"", "id=\"cstruct\"", "= 0.25,")
                .doesNotContain("= 0.50,");
    }

    private static ModuleRun run(String module, double... ratios) {
        List<Result> results = new ArrayList<>();
        for (double ratio : ratios) {
            results.add(
                    new Result(
                            module,
                            "copy-" + results.size(),
                            "C",
                            "ns",
                            1,
                            new Outcome.Compared(7, 7, new Summary(ratio, ratio, ratio), 0, 0, 0)));
        }
        results.add(new Result(module, "a&b", "C", "ns", 1, new Outcome.Skipped("no <cc>")));
        results.add(new Result(module, "size", "", "octets", 1, new Outcome.Value(24)));
        return new ModuleRun(module, MACHINE, results);
    }

    private static List<String> classes(Document document, String tag) {
        List<String> found = new ArrayList<>();
        var elements = document.getElementsByTagName(tag);
        for (int i = 0; i < elements.getLength(); i++) {
            found.add(((Element) elements.item(i)).getAttribute("class"));
        }
        return found;
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }
}
