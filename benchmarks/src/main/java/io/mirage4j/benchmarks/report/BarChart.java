// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

import io.mirage4j.benchmarks.harness.Outcome;
import io.mirage4j.benchmarks.harness.Result;

import java.util.Locale;

/// A bar for each row of a module: the ratio to the baseline, with its spread as a thin line, the
/// goal as a mark and the baseline's own cost as a line at 1. Shorter is better. The words carry
/// all that the colours do.
final class BarChart {
    /// Narrow, so that a phone shows it at nearly full size.
    private static final int WIDTH = 480;

    private static final int TOP = 48;
    private static final int ROW = 46;
    private static final int BAR = 12;

    /// A ratio beyond the axis would make all other bars too short to tell apart.
    private static final double LONGEST_AXIS = 3;

    private static final double SHORTEST_AXIS = 1.5;

    private static final String STYLE =
            """
            <style>
            .chart{--ink:#1c2430;--soft:#5b6675;--rule:#c9d0d9;--track:#eef1f4;--met:#1f7a6b;--missed:#c2601c}
            @media(prefers-color-scheme:dark){
            .chart{--ink:#e8ecf1;--soft:#a3aebb;--rule:#465160;--track:#262d37;--met:#4cc2ab;--missed:#f0995a}}
            .chart text{font:13px system-ui,sans-serif;fill:var(--ink)}
            .chart .soft{font-size:11px;fill:var(--soft)}
            .chart .over{fill:var(--track)}
            .chart .end{text-anchor:end}.chart .middle{text-anchor:middle}
            .chart .track{fill:var(--track)}.chart .met{fill:var(--met)}.chart .missed{fill:var(--missed)}
            .chart .one{stroke:var(--rule)}.chart .spread{stroke:var(--ink);stroke-width:1.5}
            .chart .goal{stroke:var(--ink);stroke-width:2}
            </style>
            """;

    private final StringBuilder out = new StringBuilder();
    private final ModuleRun run;
    private final double axis;

    static String of(ModuleRun run) {
        var chart = new BarChart(run);
        chart.draw();
        return chart.out.toString();
    }

    private BarChart(ModuleRun run) {
        this.run = run;
        double longest = 0;
        for (Result result : run.results()) {
            if (result.outcome() instanceof Outcome.Compared c) {
                longest = Math.max(longest, Math.max(c.ratio().p90(), result.goal()) * 1.05);
            }
        }
        axis = Math.clamp(longest, SHORTEST_AXIS, LONGEST_AXIS);
    }

    private void draw() {
        int height = TOP + ROW * run.results().size();
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\""
                        + " viewBox=\"0 0 %d %d\" width=\"%d\">\n".formatted(WIDTH, height, WIDTH));
        out.append("<title>")
                .append(Xml.escape(run.module()))
                .append(": cost as a multiple of the baseline's, shorter is better</title>\n");
        out.append(STYLE);
        text(0, 12, "soft", "ours / baseline: shorter is better; upright mark: goal");
        text(at(1), 32, "soft middle", "1");
        line("one", at(1), 36, height);
        int y = TOP;
        for (Result result : run.results()) {
            row(result, y);
            y += ROW;
        }
        out.append("</svg>\n");
    }

    private void row(Result result, int y) {
        boolean isCompared = result.outcome() instanceof Outcome.Compared;
        String name = result.name() + (isCompared ? " vs " + result.baseline() : "");
        String verdict = result.isMet() ? "met" : "missed";
        text(0, y + 14, "", name);
        switch (result.outcome()) {
            case Outcome.Compared c -> {
                String words =
                        "%s / %s %s = %s, goal %s %s"
                                .formatted(
                                        Result.cost(c.ours()),
                                        Result.cost(c.baseline()),
                                        result.unit(),
                                        String.format(Locale.ROOT, "%.2f", c.ratio().median()),
                                        Result.plain(result.goal()),
                                        verdict);
                text(WIDTH, y + 14, "soft end", words);
                bar("track", y + 20, WIDTH);
                bar(verdict, y + 20, at(c.ratio().median()));
                if (c.ratio().median() > axis) {
                    text(WIDTH - 8, y + 30, "over end", "»");
                }
                spread(at(c.ratio().p10()), at(c.ratio().p90()), y + 20 + BAR / 2.0);
                line("goal", at(result.goal()), y + 17, y + 20 + BAR + 3);
            }
            case Outcome.Value(double value) ->
                    text(
                            WIDTH,
                            y + 14,
                            "soft end",
                            "%s %s, goal %s %s"
                                    .formatted(
                                            Result.plain(value),
                                            result.unit(),
                                            Result.plain(result.goal()),
                                            verdict));
            case Outcome.Skipped(String reason) -> text(0, y + 30, "soft", "skipped: " + reason);
            case Outcome.Failed(String reason) -> text(0, y + 30, "soft", "failed: " + reason);
        }
    }

    private double at(double ratio) {
        return Math.min(1, ratio / axis) * (WIDTH - 2);
    }

    private void text(double x, double y, String style, String words) {
        out.append("<text x=\"%s\" y=\"%s\"".formatted(number(x), number(y)));
        if (!style.isEmpty()) {
            out.append(" class=\"").append(style).append('"');
        }
        out.append('>').append(Xml.escape(words)).append("</text>\n");
    }

    private void bar(String style, double y, double width) {
        out.append(
                "<rect class=\"%s\" x=\"0\" y=\"%s\" width=\"%s\" height=\"%d\" rx=\"2\"/>\n"
                        .formatted(style, number(y), number(width), BAR));
    }

    private void line(String style, double x, double from, double to) {
        out.append(
                "<path class=\"%s\" d=\"M%s %sV%s\"/>\n"
                        .formatted(style, number(x), number(from), number(to)));
    }

    private void spread(double from, double to, double y) {
        out.append(
                "<path class=\"spread\" d=\"M%s %sH%s\"/>\n"
                        .formatted(number(from), number(y), number(to)));
    }

    private static String number(double value) {
        return Result.plain(Math.rint(value * 10) / 10);
    }
}
