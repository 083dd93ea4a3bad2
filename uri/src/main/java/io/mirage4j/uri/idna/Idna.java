// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/// Domain names beyond ASCII by UTS #46, "Unicode IDNA Compatibility Processing", without the
/// transitional processing that it had for names of IDNA 2003.
///
/// ```java
/// switch (Idna.WEB.toAscii("Bücher.example")) {
///     case IdnaResult.Domain(String name) -> resolve(name);       // xn--bcher-kva.example
///     case IdnaResult.Invalid invalid -> report(invalid);
/// }
/// ```
///
/// Time is `n log n` in the length of the name; nothing throws.
public final class Idna {
    /// The rules of UTS #46 that can be left out.
    public enum Check {
        /// No label has hyphens at its edges or as third and fourth character (CheckHyphens).
        HYPHENS,
        /// Names with right-to-left characters keep the Bidi rule (CheckBidi).
        BIDI,
        /// Zero-width joiners stand only where they join (CheckJoiners).
        JOINERS,
        /// No ASCII but letters, digits and hyphens (UseSTD3ASCIIRules).
        STD3_ASCII,
        /// The name has 1 to 253 octets in ASCII, each label 1 to 63 (VerifyDnsLength). Only
        /// [Idna#toAscii] asks for it.
        DNS_LENGTH
    }

    /// As the URL Standard reads hosts: what people have put into links goes through.
    public static final Idna WEB = new Idna(EnumSet.of(Check.BIDI, Check.JOINERS));

    /// With all checks, for names that are to be entered into the DNS.
    public static final Idna STRICT = new Idna(EnumSet.allOf(Check.class));

    static final String ACE_PREFIX = "xn--";
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    private final EnumSet<Check> checks;

    private Idna(EnumSet<Check> checks) {
        this.checks = checks;
    }

    /// The processing with just these checks.
    public static Idna checking(Set<Check> checks) {
        EnumSet<Check> copy = EnumSet.noneOf(Check.class);
        copy.addAll(checks);
        return new Idna(copy);
    }

    /// The version of Unicode that this was made from.
    public static String unicodeVersion() {
        return IdnaData.UNICODE_VERSION;
    }

    /// The name as it goes into the DNS, each label beyond ASCII in punycode (ToASCII).
    public IdnaResult toAscii(String name) {
        var processing = new Processing(name, checks);
        IdnaResult.Invalid invalid = processing.run();
        if (invalid != null) return invalid;
        var ascii = new StringBuilder(name.length() + 16);
        for (int i = 0; i < processing.labels().size(); i++) {
            String label = processing.labels().get(i);
            if (i > 0) {
                ascii.append('.');
            }
            int from = ascii.length();
            if (LabelRules.isAscii(label)) ascii.append(label);
            else ascii.append(ACE_PREFIX).append(Punycode.encode(label));
            IdnaError error = lengthError(ascii.length() - from);
            if (error != null) return new IdnaResult.Invalid(error, processing.position(i));
        }
        if (checks.contains(Check.DNS_LENGTH) && ascii.length() > MAX_NAME) {
            return new IdnaResult.Invalid(IdnaError.NAME_TOO_LONG, 0);
        }
        return new IdnaResult.Domain(ascii.toString());
    }

    /// The name as people read it, punycode undone (ToUnicode).
    public IdnaResult toUnicode(String name) {
        var processing = new Processing(name, checks);
        IdnaResult.Invalid invalid = processing.run();
        if (invalid != null) return invalid;
        return new IdnaResult.Domain(String.join(".", processing.labels()));
    }

    private @Nullable IdnaError lengthError(int octets) {
        if (!checks.contains(Check.DNS_LENGTH)) return null;
        if (octets == 0) return IdnaError.EMPTY_LABEL;
        return octets > MAX_LABEL ? IdnaError.LABEL_TOO_LONG : null;
    }
}
