// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import org.apache.commons.codec.binary.Base64;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// User and password of the scheme Basic (RFC 7617), in UTF-8.
public record BasicCredentials(String user, String password) {
    public BasicCredentials {
        if (user.indexOf(':') >= 0) throw new IllegalArgumentException("a colon in the user name");
        if ((user + password).chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("a control character in the credentials");
        }
    }

    /// The credentials of an Authorization field, if it has such.
    public static Optional<BasicCredentials> parse(String authorization) {
        return Challenge.parseCredentials(authorization)
                .filter(credentials -> credentials.hasScheme("Basic"))
                .filter(credentials -> !credentials.token68().isEmpty())
                .flatMap(credentials -> decoded(credentials.token68()));
    }

    private static Optional<BasicCredentials> decoded(String base64) {
        if (!Base64.isBase64(base64)) return Optional.empty();
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Base64.decodeBase64(base64)))
                            .toString();
            int colon = text.indexOf(':');
            boolean sound = colon >= 0 && text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
            return sound
                    ? Optional.of(
                            new BasicCredentials(
                                    text.substring(0, colon), text.substring(colon + 1)))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// The value of Authorization.
    public String emit() {
        byte[] octets = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.encodeBase64String(octets);
    }

    /// Whether these are the ones, in a time that does not tell how much of them is.
    public boolean matches(String user, String password) {
        boolean sameUser = same(this.user, user);
        boolean samePassword = same(this.password, password);
        return sameUser && samePassword;
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "BasicCredentials[" + user + "]";
    }
}
