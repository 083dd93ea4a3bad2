// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The parameter keys of a kind of records: those of SVCB and HTTPS (RFC 9460, 14.3; 9461; 9540),
/// or those of DELEG and DELEGPARAM (draft-ietf-deleg). Key 0 is `mandatory` in both.
final class SvcKeys {
    static final SvcKeys SERVICE =
            new SvcKeys(
                    List.of(
                            "mandatory",
                            "alpn",
                            "no-default-alpn",
                            "port",
                            "ipv4hint",
                            "ech",
                            "ipv6hint",
                            "dohpath",
                            "ohttp",
                            "tls-supported-groups"),
                    List.of(
                            SvcParam.KEYS,
                            SvcParam.STRINGS,
                            SvcParam.EMPTY,
                            SvcParam.PORT,
                            SvcParam.IPV4,
                            SvcParam.BASE64,
                            SvcParam.IPV6,
                            SvcParam.OCTETS,
                            SvcParam.EMPTY,
                            SvcParam.NUMBERS));
    static final SvcKeys DELEGATION =
            new SvcKeys(
                    List.of(
                            "mandatory",
                            "server-ipv4",
                            "server-ipv6",
                            "server-name",
                            "include-delegparam"),
                    List.of(
                            SvcParam.KEYS,
                            SvcParam.IPV4,
                            SvcParam.IPV6,
                            SvcParam.NAMES,
                            SvcParam.NAMES));

    static final int MANDATORY = 0;

    private static final String GENERIC = "key";

    private final List<String> names;
    private final List<SvcParam> params;

    private SvcKeys(List<String> names, List<SvcParam> params) {
        this.names = names;
        this.params = params;
    }

    String name(int key) {
        return key < names.size() ? names.get(key) : GENERIC + key;
    }

    @Nullable SvcParam param(int key) {
        return key < params.size() ? params.get(key) : null;
    }

    /// The key that `text[start..end)` names, in lower case only: a word, or `key123` without
    /// leading zeros; -1 if it names none.
    int find(byte[] text, int start, int end) {
        for (int key = 0; key < names.size(); key++) {
            if (same(names.get(key), text, start, end)) return key;
        }
        int digits = start + GENERIC.length();
        if (!isGeneric(text, start, end) || (text[digits] == '0' && end - digits > 1)) return -1;
        int key = 0;
        for (int i = digits; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) return -1;
            key = key * 10 + digit;
        }
        return key <= 0xffff ? key : -1;
    }

    /// Whether it begins as `key123` does.
    static boolean isGeneric(byte[] text, int start, int end) {
        int digits = start + GENERIC.length();
        return end > digits && end - digits <= 5 && same(GENERIC, text, start, digits);
    }

    private static boolean same(String word, byte[] text, int start, int end) {
        if (word.length() != end - start) return false;
        for (int i = 0; i < word.length(); i++) {
            if (text[start + i] != word.charAt(i)) return false;
        }
        return true;
    }
}
