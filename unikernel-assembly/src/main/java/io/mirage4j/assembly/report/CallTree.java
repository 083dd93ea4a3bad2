// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.report;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.aot.RelocatableObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who calls whom, as the builder's analysis found it: its three tables of methods, of calls in
/// them, and of what each call may reach.
final class CallTree {
    /// @param id its row
    record Method(int id, String type, String name) {
        @Override
        public String toString() {
            return type + "." + name;
        }
    }

    private final Map<Integer, Method> methods = new HashMap<>();
    private final Map<Integer, List<Integer>> callees = new HashMap<>();

    static CallTree of(RelocatableObject object) {
        var tree = new CallTree();
        Path reports = object.reports();
        try {
            // Id,Name,Type,...
            for (String[] row : rows(reports.resolve("call_tree_methods.csv"), 4)) {
                int id = Integer.parseInt(row[0]);
                tree.methods.put(id, new Method(id, row[2], row[1]));
            }
            // Id,MethodId,...
            Map<Integer, Integer> callers = new HashMap<>();
            for (String[] row : rows(reports.resolve("call_tree_invokes.csv"), 3)) {
                callers.put(Integer.parseInt(row[0]), Integer.parseInt(row[1]));
            }
            // InvokeId,TargetId
            for (String[] row : rows(reports.resolve("call_tree_targets.csv"), 2)) {
                Integer caller = callers.get(Integer.parseInt(row[0]));
                if (caller != null) {
                    tree.callees
                            .computeIfAbsent(caller, id -> new ArrayList<>())
                            .add(Integer.parseInt(row[1]));
                }
            }
        } catch (IOException e) {
            throw new AssemblyException("no call tree in " + reports + ": " + e.getMessage(), e);
        }
        return tree;
    }

    /// The shortest chains from the methods of that name and type to each method that may be
    /// reached; a method maps to who called it.
    Map<Method, Method> callersFrom(String type, String name) {
        Map<Method, Method> callers = new HashMap<>();
        Deque<Method> open = new ArrayDeque<>();
        for (Method method : methods.values()) {
            if (method.type().equals(type) && method.name().equals(name)) {
                callers.put(method, method);
                open.add(method);
            }
        }
        while (!open.isEmpty()) {
            Method caller = open.remove();
            for (int id : callees.getOrDefault(caller.id(), List.of())) {
                Method callee = methods.get(id);
                if (callee != null && callers.putIfAbsent(callee, caller) == null) {
                    open.add(callee);
                }
            }
        }
        return callers;
    }

    List<Method> callees(Method caller) {
        List<Method> found = new ArrayList<>();
        for (int id : callees.getOrDefault(caller.id(), List.of())) {
            Method callee = methods.get(id);
            if (callee != null) {
                found.add(callee);
            }
        }
        return found;
    }

    private static List<String[]> rows(Path file, int columns) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                rows.add(line.split(",", columns));
            }
        }
        return rows;
    }
}
