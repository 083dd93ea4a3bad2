// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Answers challenges of the scheme Digest (RFC 7616): who knows the password is told so, and the
/// password is not. Quality of protection is `auth`; the algorithms are SHA-512-256, SHA-256 and,
/// for old servers, MD5, and their `-sess` forms.
public final class DigestCredentials {
    /// An algorithm of ours by the name that JCA has for it.
    private record Algorithm(String name, String jca) {}

    /// The best first.
    private static final List<Algorithm> ALGORITHMS =
            List.of(
                    new Algorithm("sha-512-256", "SHA-512/256"),
                    new Algorithm("sha-256", "SHA-256"),
                    new Algorithm("md5", "MD5"));

    private static final String SESSION = "-sess";

    /// The first request with a nonce: each is used for one.
    private static final String FIRST = "00000001";

    private final String user;
    private final String password;

    public DigestCredentials(BasicCredentials known) {
        user = known.user();
        password = known.password();
    }

    /// The challenge to answer, of those a response has: the best algorithm counts, then their
    /// order.
    public static Optional<Challenge> best(List<Challenge> challenges) {
        for (Algorithm algorithm : ALGORITHMS) {
            for (Challenge challenge : challenges) {
                if (canAnswer(challenge) && algorithm(challenge).equals(Optional.of(algorithm))) {
                    return Optional.of(challenge);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean canAnswer(Challenge challenge) {
        return challenge.hasScheme("Digest")
                && challenge.parameters().containsKey("realm")
                && challenge.parameters().containsKey("nonce")
                && hasAuth(challenge.parameters().getOrDefault("qop", ""));
    }

    private static boolean hasAuth(String qop) {
        var options = new FieldText(qop);
        while (options.nextElement()) {
            if (options.until(", \t").equalsIgnoreCase("auth")) return true;
        }
        return false;
    }

    private static Optional<Algorithm> algorithm(Challenge challenge) {
        String name = named(challenge).toLowerCase(Locale.ROOT);
        String plain =
                name.endsWith(SESSION) ? name.substring(0, name.length() - SESSION.length()) : name;
        return ALGORITHMS.stream().filter(known -> known.name.equals(plain)).findFirst();
    }

    private static String named(Challenge challenge) {
        return challenge.parameters().getOrDefault("algorithm", "MD5");
    }

    /// The value of Authorization for a request.
    ///
    /// @param challenge one that [#best] has given
    /// @param target as in the request line
    /// @param cnonce that nobody can know before
    public String answer(Challenge challenge, Method method, String target, String cnonce) {
        Algorithm algorithm =
                algorithm(challenge)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "algorithm " + named(challenge)));
        Map<String, String> asked = challenge.parameters();
        String realm = asked.getOrDefault("realm", "");
        String nonce = asked.getOrDefault("nonce", "");
        // 3.4.2, 3.4.3 and 3.4.1, in the order in which they stand in one another.
        String a1 = hash(algorithm, user + ":" + realm + ":" + password);
        if (named(challenge).toLowerCase(Locale.ROOT).endsWith(SESSION)) {
            a1 = hash(algorithm, a1 + ":" + nonce + ":" + cnonce);
        }
        String a2 = hash(algorithm, method.name() + ":" + target);
        String about = String.join(":", nonce, FIRST, cnonce, "auth");
        String response = hash(algorithm, a1 + ":" + about + ":" + a2);

        boolean hashed = asked.getOrDefault("userhash", "").equalsIgnoreCase("true");
        Map<String, String> said = new LinkedHashMap<>();
        if (hashed) {
            said.put("username", hash(algorithm, user + ":" + realm));
        } else if (isAscii(user)) {
            said.put("username", user);
        }
        said.put("realm", realm);
        said.put("uri", target);
        said.put("nonce", nonce);
        said.put("cnonce", cnonce);
        said.put("response", response);
        if (asked.containsKey("opaque")) {
            said.put("opaque", asked.getOrDefault("opaque", ""));
        }
        var out = new StringBuilder(new Challenge("Digest", "", said).emit());
        // 3.4: these are not quoted.
        if (!hashed && !isAscii(user)) {
            out.append(", username*=UTF-8''").append(percentEncoded(user));
        }
        if (asked.containsKey("algorithm")) {
            out.append(", algorithm=").append(named(challenge));
        }
        out.append(", qop=auth, nc=").append(FIRST);
        return out.append(hashed ? ", userhash=true" : "").toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /// As RFC 8187, 3.2.1 has it.
    private static String percentEncoded(String text) {
        var out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && Character.isLetterOrDigit(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }

    /// In UTF-8, which a server that asks for something else does not say.
    private static String hash(Algorithm algorithm, String text) {
        try {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance(algorithm.jca).digest(octets);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has " + algorithm.jca, e);
        }
    }
}
