// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.packetdrill.Script.Value;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a system call: `name(arguments) = result ERRNO (text)`.
final class CallReader {
    private final Cursor cursor;

    CallReader(Cursor cursor) {
        this.cursor = cursor;
    }

    Script.Call call() {
        String name = cursor.word();
        if (name.isEmpty()) throw cursor.fault("no action");
        cursor.expect("(");
        List<Value> arguments = list(")");
        cursor.expect("=");
        Value result = value();
        cursor.skipBlanks();
        String errno = "";
        if (cursor.peek() == 'E') {
            errno = cursor.word();
        }
        cursor.skipBlanks();
        if (cursor.take("(")) {
            cursor.until(")");
        }
        return new Script.Call(name, arguments, result, errno);
    }

    private List<Value> list(String end) {
        List<Value> items = new ArrayList<>();
        if (cursor.takeWord(end)) return items;
        do {
            items.add(value());
        } while (cursor.takeWord(","));
        cursor.expect(end);
        return items;
    }

    private Value value() {
        Value first = single();
        if (!cursor.takeWord("|")) return first;
        List<Value> values = new ArrayList<>();
        values.add(first);
        do {
            values.add(single());
        } while (cursor.takeWord("|"));
        return new Script.Either(values);
    }

    private Value single() {
        cursor.skip();
        if (cursor.take("...")) return new Script.Any();
        if (cursor.take("[")) return new Script.Items(list("]"));
        if (cursor.take("{")) return fields();
        if (cursor.take("\"")) return text();
        char c = cursor.peek();
        if (c == '-' || c == '+' || Character.isDigit(c)) return number();
        String word = cursor.word();
        if (word.isEmpty()) throw cursor.fault("no value");
        if (cursor.looksAt("(")) {
            cursor.next();
            list(")");
        }
        return new Script.Name(word);
    }

    private Value number() {
        String digits = cursor.characters("-+0123456789abcdefABCDEFxX");
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return new Script.Num(Long.parseUnsignedLong(digits.substring(2), 16));
        }
        return new Script.Num(Long.parseLong(digits));
    }

    private Value fields() {
        Map<String, Value> fields = new LinkedHashMap<>();
        List<Value> bare = new ArrayList<>();
        if (cursor.takeWord("}")) return new Script.Fields(fields);
        do {
            Value value = value();
            if (value instanceof Script.Name name && cursor.takeWord("=")) {
                fields.put(name.name(), value());
            } else {
                bare.add(value);
            }
        } while (cursor.takeWord(","));
        cursor.expect("}");
        if (!bare.isEmpty()) {
            fields.put("", new Script.Items(bare));
        }
        return new Script.Fields(fields);
    }

    private Value text() {
        var octets = new ByteArrayOutputStream();
        while (!cursor.isAtEnd() && cursor.peek() != '"') {
            char c = cursor.next();
            octets.write(c == '\\' ? escaped() : c);
        }
        cursor.expect("\"");
        return new Script.Text(octets.toByteArray());
    }

    private int escaped() {
        char c = cursor.next();
        return switch (c) {
            case 'x' -> Integer.parseInt("" + cursor.next() + cursor.next(), 16);
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> 0;
            default -> c;
        };
    }
}
