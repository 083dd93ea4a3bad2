// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Reads a script: options, prologue in backquotes, timed events.
final class ScriptReader {
    private final Cursor cursor;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> prologue = new ArrayList<>();
    private final List<Script.Event> events = new ArrayList<>();

    private ScriptReader(String text) {
        cursor = new Cursor(text);
    }

    /// Reads `text`; lines between `#ifdef SYSTEM` and `#endif` count for `system` only.
    static Script read(String text, String system) {
        var reader = new ScriptReader(preprocess(text, system));
        reader.read();
        return new Script(reader.options, reader.prologue, reader.events);
    }

    private static String preprocess(String text, String system) {
        var kept = new StringBuilder();
        boolean on = true;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#ifdef")) {
                on = line.substring(6).strip().equals(system);
                line = "";
            } else if (line.startsWith("#ifndef")) {
                on = !line.substring(7).strip().equals(system);
                line = "";
            } else if (line.startsWith("#else")) {
                on = !on;
                line = "";
            } else if (line.startsWith("#endif")) {
                on = true;
                line = "";
            }
            kept.append(on ? line : "").append('\n');
        }
        return kept.toString();
    }

    private void read() {
        while (true) {
            cursor.skip();
            if (cursor.isAtEnd()) return;
            int line = cursor.line();
            if (cursor.take("--")) {
                option();
            } else if (cursor.peek() == '`') {
                String command = backquoted();
                if (events.isEmpty()) {
                    prologue.add(command);
                } else {
                    var now =
                            new Script.Time(
                                    Script.Base.RELATIVE,
                                    0,
                                    OptionalLong.empty(),
                                    OptionalLong.empty());
                    events.add(new Script.Event(line, now, new Script.Command(command)));
                }
            } else {
                Script.Time time = time();
                events.add(new Script.Event(line, time, action()));
            }
        }
    }

    private void option() {
        String rest = cursor.until("\n").strip();
        int comment = rest.indexOf(" //");
        if (comment >= 0) {
            rest = rest.substring(0, comment).strip();
        }
        int equals = rest.indexOf('=');
        if (equals < 0) {
            options.put(rest, "");
        } else {
            options.put(rest.substring(0, equals), rest.substring(equals + 1));
        }
    }

    private String backquoted() {
        cursor.expect("`");
        return cursor.until("`");
    }

    private Script.Time time() {
        cursor.skip();
        if (cursor.take("*")) {
            return new Script.Time(Script.Base.ANY, 0, OptionalLong.empty(), OptionalLong.empty());
        }
        boolean relative = cursor.take("+");
        long from = seconds();
        cursor.skipBlanks();
        OptionalLong to = OptionalLong.empty();
        OptionalLong end = OptionalLong.empty();
        if (cursor.take("...")) {
            cursor.takeWord("+");
            end = OptionalLong.of(seconds());
        } else if (cursor.take("~")) {
            cursor.takeWord("+");
            to = OptionalLong.of(seconds());
        }
        return new Script.Time(
                relative ? Script.Base.RELATIVE : Script.Base.ABSOLUTE, from, to, end);
    }

    private long seconds() {
        cursor.skip();
        String whole = cursor.characters("0123456789");
        String fraction = "";
        if (cursor.peek() == '.' && !cursor.looksAt("...")) {
            cursor.next();
            fraction = cursor.characters("0123456789");
        }
        if (whole.isEmpty() && fraction.isEmpty()) throw cursor.fault("no time");
        long nanos = whole.isEmpty() ? 0 : Long.parseLong(whole) * 1_000_000_000L;
        return nanos + Long.parseLong((fraction + "000000000").substring(0, 9));
    }

    private Script.Action action() {
        cursor.skip();
        switch (cursor.peek()) {
            case '<' -> {
                cursor.next();
                return new Script.Inject(new PacketReader(cursor).packet());
            }
            case '>' -> {
                cursor.next();
                return new Script.Expect(new PacketReader(cursor).packet());
            }
            case '`' -> {
                return new Script.Command(backquoted());
            }
            case '%' -> {
                cursor.expect("%{");
                return new Script.Check(cursor.until("}%"));
            }
            default -> {
                return new CallReader(cursor).call();
            }
        }
    }
}
