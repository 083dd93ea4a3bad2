// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys that somebody knows.
public final class TsigKeys {
    public static final TsigKeys NONE = new TsigKeys(List.of());

    private final Map<DnsName, TsigKey> byName = new LinkedHashMap<>();

    private TsigKeys(List<TsigKey> keys) {
        for (TsigKey key : keys) byName.put(key.name(), key);
    }

    /// These; of two with one name, the last.
    public static TsigKeys of(List<TsigKey> keys) {
        return new TsigKeys(keys);
    }

    public static TsigKeys of(TsigKey... keys) {
        return new TsigKeys(List.of(keys));
    }

    public @Nullable TsigKey get(DnsName name) {
        return byName.get(name);
    }

    public List<TsigKey> all() {
        return new ArrayList<>(byName.values());
    }

    /// Reads statements as BIND's configuration has them, comments of all three kinds among them:
    ///
    /// ```
    /// key "transfers" { algorithm hmac-sha256; secret "c2VjcmV0IG9mIHR3bw=="; };
    /// ```
    public static Parsed<TsigKeys> parse(String text) {
        var words = new KeyWords(text);
        List<TsigKey> keys = new ArrayList<>();
        while (!words.isAtEnd()) {
            int start = words.position();
            if (!words.take("key")) return words.malformed("key");
            String name = words.next();
            if (!words.take("{")) return words.malformed("{");
            String algorithm = "";
            String secret = "";
            while (!words.take("}")) {
                if (words.take("algorithm")) algorithm = words.next();
                else if (words.take("secret")) secret = words.next();
                else return words.malformed("algorithm, secret or }");
                if (!words.take(";")) return words.malformed(";");
            }
            if (!words.take(";")) return words.malformed(";");
            switch (TsigKey.parse(name, algorithm, secret)) {
                case Parsed.Value<TsigKey>(TsigKey key) -> keys.add(key);
                case Parsed.Malformed<TsigKey>(String reason, int any) -> {
                    return new Parsed.Malformed<>(reason, start);
                }
            }
        }
        return new Parsed.Value<>(of(keys));
    }
}
