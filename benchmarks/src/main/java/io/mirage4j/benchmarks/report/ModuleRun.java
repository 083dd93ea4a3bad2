// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.report;

import io.mirage4j.benchmarks.harness.Result;
import io.mirage4j.testing.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All rows of a module, measured in one go.
public record ModuleRun(String module, Machine machine, List<Result> results) {
    public ModuleRun {
        results = List.copyOf(results);
    }

    long met() {
        return results.stream().filter(Result::isMet).count();
    }

    /// As JSON with one row a line, so that a change of one row changes one line.
    String toJson() {
        var text = new StringBuilder();
        text.append("{\"machine\":").append(machine.toJson().emit());
        text.append(",\n\"module\":").append(new Json.Text(module).emit());
        text.append(",\n\"rows\":[");
        String separator = "\n";
        for (Result result : results) {
            text.append(separator).append(result.toJson().emit());
            separator = ",\n";
        }
        return text.append("\n]}\n").toString();
    }

    static ModuleRun fromJson(Json json) {
        return new ModuleRun(
                json.get("module").text(),
                Machine.fromJson(json.get("machine")),
                json.get("rows").elements().stream().map(Result::fromJson).toList());
    }

    /// One run for each module among the results, by name.
    public static List<ModuleRun> of(Machine machine, List<Result> results) {
        Map<String, List<Result>> modules = new TreeMap<>();
        for (Result result : results) {
            modules.computeIfAbsent(result.module(), _ -> new ArrayList<>()).add(result);
        }
        return modules.entrySet().stream()
                .map(module -> new ModuleRun(module.getKey(), machine, module.getValue()))
                .toList();
    }
}
