// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/// A value without parameters, of one of the eight types.
public sealed interface BareItem {
    /// Fifteen digits at most.
    record Int(long value) implements BareItem {
        public static final long MOST = 999_999_999_999_999L;

        public Int {
            if (value < -MOST || value > MOST) {
                throw new IllegalArgumentException("integer " + value + " has over 15 digits");
            }
        }
    }

    /// Twelve digits and three behind the point at most; more are rounded, halves to even.
    record Decimal(BigDecimal value) implements BareItem {
        private static final BigDecimal BOUND = BigDecimal.TEN.pow(12);

        public Decimal {
            value = value.setScale(3, RoundingMode.HALF_EVEN);
            if (value.abs().compareTo(BOUND) >= 0) {
                throw new IllegalArgumentException(
                        "decimal " + value + " has over 12 digits before the point");
            }
        }
    }

    /// Printable ASCII.
    record Text(String value) implements BareItem {
        public Text {
            Emitter.checkAscii(value);
        }
    }

    record Token(String value) implements BareItem {
        public Token {
            Emitter.checkToken(value);
        }
    }

    record Octets(ReadOnlyCstruct value) implements BareItem {
        public static Octets of(byte[] octets) {
            return new Octets(Cstruct.of(octets.clone()).readOnly());
        }
    }

    record Bool(boolean value) implements BareItem {}

    /// Seconds since 1970, which may be before it.
    record Date(long seconds) implements BareItem {
        public Date {
            if (seconds < -Int.MOST || seconds > Int.MOST) {
                throw new IllegalArgumentException("date " + seconds + " has over 15 digits");
            }
        }

        public Instant instant() {
            return Instant.ofEpochSecond(seconds);
        }
    }

    /// Any Unicode text.
    record DisplayText(String value) implements BareItem {
        public DisplayText {
            Emitter.checkUnicode(value);
        }
    }
}
