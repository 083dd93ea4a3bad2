// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

import org.apache.commons.codec.binary.Base64;

import java.nio.charset.StandardCharsets;

/// A secret that two ends share, by the name under which both know it.
///
/// @param macOctets how much of each MAC is sent, and at least expected
public record TsigKey(DnsName name, TsigAlgorithm algorithm, Blob secret, int macOctets) {
    public TsigKey {
        name = name.canonical();
        if (macOctets < algorithm.shortestMacOctets() || macOctets > algorithm.macOctets()) {
            throw new IllegalArgumentException(
                    "MAC of %d octets, not %d to %d"
                            .formatted(
                                    macOctets,
                                    algorithm.shortestMacOctets(),
                                    algorithm.macOctets()));
        }
        if (secret.length() == 0) throw new IllegalArgumentException("no secret for " + name);
    }

    /// One whose MACs are sent whole.
    public static TsigKey of(DnsName name, TsigAlgorithm algorithm, Blob secret) {
        return new TsigKey(name, algorithm, secret, algorithm.macOctets());
    }

    /// Reads `NAME:ALGORITHM:SECRET`, the secret in base64. `hmac-sha256-128` is one whose MACs are
    /// cut to 128 bits. `ALGORITHM:NAME:SECRET`, as `dig -y` takes it, is the same.
    public static Parsed<TsigKey> parse(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (first < 0 || second < 0) {
            return new Parsed.Malformed<>("not NAME:ALGORITHM:SECRET", text.length());
        }
        String one = text.substring(0, first);
        String other = text.substring(first + 1, second);
        boolean digs = isAlgorithm(one) && !isAlgorithm(other);
        return parse(digs ? other : one, digs ? one : other, text.substring(second + 1));
    }

    private static boolean isAlgorithm(String text) {
        return TsigAlgorithm.find(withoutBits(text)) != null;
    }

    static Parsed<TsigKey> parse(String name, String algorithm, String secret) {
        if (!(DnsName.parse(name, DnsName.ROOT) instanceof Parsed.Value<DnsName>(DnsName owner))) {
            return new Parsed.Malformed<>(name + " is no name", 0);
        }
        TsigAlgorithm found = TsigAlgorithm.find(withoutBits(algorithm));
        if (found == null) return new Parsed.Malformed<>("no algorithm " + algorithm, 0);
        byte[] octets = secret.getBytes(StandardCharsets.US_ASCII);
        if (secret.isEmpty() || !Base64.isBase64(octets)) {
            return new Parsed.Malformed<>("the secret of " + name + " is not base64", 0);
        }
        Blob decoded = Blob.of(Base64.decodeBase64(octets));
        if (decoded.length() == 0) return new Parsed.Malformed<>("no secret for " + name, 0);
        int bits = bits(algorithm, found);
        if (bits % 8 != 0 || bits / 8 < found.shortestMacOctets() || bits / 8 > found.macOctets()) {
            return new Parsed.Malformed<>(algorithm + " is cut too short or too long", 0);
        }
        return new Parsed.Value<>(new TsigKey(owner, found, decoded, bits / 8));
    }

    /// `hmac-sha256` of `hmac-sha256-128`.
    private static String withoutBits(String algorithm) {
        int dash = algorithm.indexOf('-', algorithm.indexOf('-') + 1);
        return dash < 0 ? algorithm : algorithm.substring(0, dash);
    }

    private static int bits(String algorithm, TsigAlgorithm found) {
        String whole = withoutBits(algorithm);
        if (whole.length() == algorithm.length()) return 8 * found.macOctets();
        String digits = algorithm.substring(whole.length() + 1);
        int bits = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || bits > 1000) return -1;
            bits = bits * 10 + digit;
        }
        return bits;
    }

    /// Without the secret.
    @Override
    public String toString() {
        return name + " " + algorithm;
    }
}
