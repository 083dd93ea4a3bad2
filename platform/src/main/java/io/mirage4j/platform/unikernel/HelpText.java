// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import java.util.ArrayList;
import java.util.List;

/// The help of a program, from its declaration.
final class HelpText {
    private static final int WIDEST = 28;

    private final Declaration declaration;
    private final StringBuilder out = new StringBuilder();

    HelpText(Declaration declaration) {
        this.declaration = declaration;
        usage();
        if (!declaration.about().isEmpty()) {
            out.append('\n').append(declaration.about()).append('\n');
        }
        arguments();
        devices();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void usage() {
        out.append("usage: ").append(declaration.name());
        for (Argument<?> argument : declaration.arguments()) {
            out.append(argument.isRequired() ? " " : " [")
                    .append(argument.usage())
                    .append(argument.isRequired() ? "" : "]");
        }
        out.append('\n');
    }

    private void arguments() {
        List<String[]> rows = new ArrayList<>();
        for (Argument<?> argument : declaration.arguments()) {
            String fallback = argument.fallbackText();
            String note =
                    argument.isRequired()
                            ? "(required)"
                            : fallback.isEmpty() ? "" : "(default: " + fallback + ")";
            rows.add(new String[] {argument.usage(), (argument.help() + " " + note).strip()});
        }
        rows.add(new String[] {"--help", "this text"});
        table("arguments", rows);
    }

    private void devices() {
        List<String[]> rows = new ArrayList<>();
        for (Device device : declaration.devices()) {
            String kind =
                    switch (device) {
                        case Network _ -> "network";
                        case Block block -> block.isOptional() ? "block, optional" : "block";
                    };
            String help = device.help().isEmpty() ? kind : kind + ": " + device.help();
            rows.add(new String[] {device.name(), help});
        }
        if (!rows.isEmpty()) {
            table("devices", rows);
        }
    }

    private void table(String title, List<String[]> rows) {
        int width = 0;
        for (String[] row : rows) {
            width = Math.max(width, Math.min(row[0].length(), WIDEST));
        }
        out.append('\n').append(title).append('\n');
        for (String[] row : rows) {
            out.append("  ").append(row[0]);
            if (!row[1].isEmpty()) {
                // What is too long for its column has its line for itself.
                int used = row[0].length();
                if (used > width) {
                    out.append("\n  ");
                    used = 0;
                }
                out.append(" ".repeat(width - used + 2)).append(row[1]);
            }
            out.append('\n');
        }
    }
}
