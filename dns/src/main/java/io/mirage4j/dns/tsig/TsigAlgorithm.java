// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.dns.DnsName;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// How a MAC is made (RFC 8945, 6). HMAC-MD5 is not among them: whoever asks for it gets BADKEY.
public enum TsigAlgorithm {
    HMAC_SHA1("hmac-sha1", "HmacSHA1", 20),
    HMAC_SHA224("hmac-sha224", "HmacSHA224", 28),
    HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
    HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
    HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

    private final String text;
    final String mac;
    private final int macOctets;

    TsigAlgorithm(String text, String mac, int macOctets) {
        this.text = text;
        this.mac = mac;
        this.macOctets = macOctets;
    }

    /// As it stands in records.
    public DnsName algorithmName() {
        return DnsName.of(text);
    }

    /// How long a whole MAC is.
    public int macOctets() {
        return macOctets;
    }

    /// RFC 8945, 5.2.2.1: the shortest piece of a MAC that counts as one.
    public int shortestMacOctets() {
        return Math.max(10, macOctets / 2);
    }

    static @Nullable TsigAlgorithm find(DnsName name) {
        for (TsigAlgorithm one : values()) if (one.algorithmName().equals(name)) return one;
        return null;
    }

    static @Nullable TsigAlgorithm find(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (TsigAlgorithm one : values()) {
            if (lower.equals(one.text) || lower.equals(one.text + ".")) return one;
        }
        return null;
    }

    @Override
    public String toString() {
        return text;
    }
}
