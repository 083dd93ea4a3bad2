// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

import io.mirage4j.benchmarks.harness.Outcome;
import io.mirage4j.benchmarks.harness.Result;

import java.util.List;

/// The page of all results: one file, no script, nothing fetched, light and dark.
final class Page {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>mirage4j benchmarks</title>
            <style>
            :root{color-scheme:light dark;--ground:#fff;--ink:#1c2430;--soft:#5b6675;--rule:#d9dfe6;--missed:#a84d0f}
            @media(prefers-color-scheme:dark){:root{--ground:#161b22;--ink:#e8ecf1;--soft:#a3aebb;--rule:#36404c;--missed:#f0995a}}
            body{margin:0 auto;max-width:44rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
            h1{font-size:1.6rem;margin:0}h2{margin:2.5rem 0 0;font-size:1.25rem}
            .soft{color:var(--soft);font-size:.875rem;margin:.25rem 0 1rem}
            .warning{border-left:3px solid var(--missed);padding-left:.75rem;font-size:.875rem}
            svg{display:block;width:100%;height:auto;max-width:40rem}
            nav a{margin-right:.75rem}a{color:inherit}
            .wide{overflow-x:auto}summary{cursor:pointer;margin:.75rem 0 .25rem}
            table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;white-space:nowrap}
            th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule);text-align:right}
            th:first-child,td:first-child{text-align:left}th{font-weight:600}.missed{color:var(--missed)}
            </style>
            </head>
            <body>
            <h1>mirage4j benchmarks</h1>
            <p class="soft">Ours and the baseline run in turn, in one process and on the same memory; the ratio is the median over
            pairs of slices, with its tenth and ninetieth percentile. Lower is better, 1 is the baseline itself.</p>
            """;

    private final StringBuilder out = new StringBuilder(HEAD);

    static String of(List<ModuleRun> runs) {
        var page = new Page();
        page.contents(runs);
        runs.forEach(page::section);
        page.out.append("</body>\n</html>\n");
        return page.out.toString();
    }

    private Page() {}

    private void contents(List<ModuleRun> runs) {
        out.append("<nav>");
        for (ModuleRun run : runs) {
            out.append("<a href=\"#%1$s\">%1$s</a>".formatted(Xml.escape(run.module())));
        }
        out.append("</nav>\n");
    }

    private void section(ModuleRun run) {
        Machine machine = run.machine();
        out.append("<section>\n<h2 id=\"%1$s\">%1$s</h2>\n".formatted(Xml.escape(run.module())));
        out.append(
                "<p class=\"soft\">%d of %d goals met. %s, %d processors, %s, JDK %s, %s. %s, load %s.</p>\n"
                        .formatted(
                                run.met(),
                                run.results().size(),
                                Xml.escape(machine.processor()),
                                machine.processors(),
                                Xml.escape(machine.system()),
                                Xml.escape(machine.jdk()),
                                Xml.escape(machine.compiler()),
                                Xml.escape(machine.date()),
                                Result.plain(machine.load())));
        if (machine.isBusy()) {
            out.append("<p class=\"warning\">%s</p>\n".formatted(Xml.escape(machine.warning())));
        }
        out.append(BarChart.of(run));
        table(run);
        out.append("</section>\n");
    }

    private void table(ModuleRun run) {
        out.append("<details><summary>All figures</summary>\n<div class=\"wide\"><table>\n");
        row(
                "th",
                "row",
                "ours",
                "baseline",
                "ratio",
                "p10..p90",
                "goal",
                "",
                "octets allocated",
                "cache line");
        for (Result result : run.results()) {
            String goal = Result.plain(result.goal());
            String verdict = result.isMet() ? "met" : "missed";
            String name = result.name();
            String unit = " " + result.unit();
            switch (result.outcome()) {
                case Outcome.Compared c ->
                        row(
                                "td",
                                name,
                                Result.cost(c.ours()) + unit,
                                result.baseline() + " " + Result.cost(c.baseline()) + unit,
                                Result.ratio(c.ratio().median()),
                                Result.ratio(c.ratio().p10())
                                        + ".."
                                        + Result.ratio(c.ratio().p90()),
                                goal,
                                verdict,
                                Result.plain(c.oursOctets())
                                        + " / "
                                        + Result.plain(c.baselineOctets()),
                                c.lineNanos() == 0 ? "" : Result.cost(c.lineNanos()) + " ns");
                case Outcome.Value(double value) ->
                        row(
                                "td",
                                name,
                                Result.plain(value) + unit,
                                "",
                                "",
                                "",
                                goal,
                                verdict,
                                "",
                                "");
                case Outcome.Skipped(String reason) ->
                        row("td", name, "skipped: " + reason, "", "", "", goal, "", "", "");
                case Outcome.Failed(String reason) ->
                        row("td", name, "failed: " + reason, "", "", "", goal, "", "", "");
            }
        }
        out.append("</table></div></details>\n");
    }

    private void row(String cell, String... words) {
        out.append("<tr>");
        for (String word : words) {
            String style = word.equals("missed") ? " class=\"missed\"" : "";
            out.append("<%1$s%2$s>%3$s</%1$s>".formatted(cell, style, Xml.escape(word)));
        }
        out.append("</tr>\n");
    }
}
