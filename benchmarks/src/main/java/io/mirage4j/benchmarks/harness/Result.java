// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import io.mirage4j.testing.Json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A row and what came of it: the line that is printed and the object that is stored.
public record Result(
        String module, String name, String baseline, String unit, double goal, Outcome outcome) {
    /// The ratio at p90 may be this much above the goal.
    private static final double SPREAD = 1.1;

    public static Result of(Row row, Outcome outcome) {
        return new Result(
                row.module(), row.name(), row.baseline(), row.unit(), row.goal(), outcome);
    }

    /// Whether the goal is reached, judged on the numbers as they are printed.
    public boolean isMet() {
        return switch (outcome) {
            case Outcome.Compared c ->
                    rounded(c.ratio().median()) <= goal
                            && rounded(c.ratio().p90()) <= rounded(SPREAD * goal);
            case Outcome.Value(double value) -> value <= goal;
            case Outcome.Skipped _, Outcome.Failed _ -> false;
        };
    }

    /// `bench cstruct/copy: ours 7.10 ns, C 7.02 ns, ratio 1.011 [0.998..1.034], goal 1.2: met`
    public String line() {
        String start = "bench " + module + "/" + name + ": ";
        String verdict = isMet() ? "met" : "missed";
        return start
                + switch (outcome) {
                    case Outcome.Compared c ->
                            "ours %s %s, %s %s %s, ratio %s [%s..%s], goal %s: %s"
                                    .formatted(
                                            cost(c.ours()),
                                            unit,
                                            baseline,
                                            cost(c.baseline()),
                                            unit,
                                            ratio(c.ratio().median()),
                                            ratio(c.ratio().p10()),
                                            ratio(c.ratio().p90()),
                                            plain(goal),
                                            verdict);
                    case Outcome.Value(double value) ->
                            "%s %s, goal <= %s: %s"
                                    .formatted(plain(value), unit, plain(goal), verdict);
                    case Outcome.Skipped(String reason) -> "skipped: " + reason;
                    case Outcome.Failed(String reason) -> "failed: " + reason;
                };
    }

    /// Three figures: 0.912, 7.02, 30.1, 653.
    public static String cost(double value) {
        int decimals = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    public static String ratio(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /// No more figures than the number has, and three decimals at most.
    public static String plain(double value) {
        double shown = rounded(value);
        return shown == Math.rint(shown) && Math.abs(shown) < 1e15
                ? Long.toString((long) shown)
                : Double.toString(shown);
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    public Json toJson() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("module", new Json.Text(module));
        members.put("name", new Json.Text(name));
        members.put("baseline", new Json.Text(baseline));
        members.put("unit", new Json.Text(unit));
        members.put("goal", number(goal));
        members.put("met", new Json.Bool(isMet()));
        switch (outcome) {
            case Outcome.Compared c -> {
                members.put("ours", number(c.ours()));
                members.put("theirs", number(c.baseline()));
                members.put("ratio", number(c.ratio().median()));
                members.put("p10", number(c.ratio().p10()));
                members.put("p90", number(c.ratio().p90()));
                members.put("oursOctets", number(c.oursOctets()));
                members.put("theirsOctets", number(c.baselineOctets()));
                members.put("lineNanos", number(c.lineNanos()));
            }
            case Outcome.Value(double value) -> members.put("value", number(value));
            case Outcome.Skipped(String reason) -> members.put("skipped", new Json.Text(reason));
            case Outcome.Failed(String reason) -> members.put("failed", new Json.Text(reason));
        }
        return new Json.Members(members);
    }

    public static Result fromJson(Json json) {
        return new Result(
                json.get("module").text(),
                json.get("name").text(),
                json.get("baseline").text(),
                json.get("unit").text(),
                json.get("goal").number(),
                outcome(json));
    }

    private static Outcome outcome(Json json) {
        if (json.has("skipped")) return new Outcome.Skipped(json.get("skipped").text());
        if (json.has("failed")) return new Outcome.Failed(json.get("failed").text());
        if (json.has("value")) return new Outcome.Value(json.get("value").number());
        return new Outcome.Compared(
                json.get("ours").number(),
                json.get("theirs").number(),
                new Summary(
                        json.get("ratio").number(),
                        json.get("p10").number(),
                        json.get("p90").number()),
                json.get("oursOctets").number(),
                json.get("theirsOctets").number(),
                json.get("lineNanos").number());
    }

    /// Four decimals are more than a measurement has, and keep the stored files readable.
    private static Json number(double value) {
        return new Json.Num(Double.toString(Math.rint(value * 1e4) / 1e4));
    }
}
