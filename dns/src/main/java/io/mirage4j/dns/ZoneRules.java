// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// How zone files are read.
///
/// @param rrClass the class of the zone; records of another are faults (RFC 1035, 5.2)
/// @param defaultTtl as if `$TTL` said it at the beginning, unsigned; -1 for none
/// @param portable whether what some servers do not read is a fault: relative names in directives,
///   `CLASS1` for the zone's class, nested parentheses, names in quotes, unusual octets in names
///   without a backslash, words of Base64 and hex that are not whole groups
/// @param includeDepth how deep `$INCLUDE` may nest
/// @param includes how many files may be included in all
/// @param generated how many records `$GENERATE` may make in all
public record ZoneRules(
        int rrClass,
        long defaultTtl,
        boolean portable,
        int includeDepth,
        int includes,
        int generated) {

    /// Class IN, as the RFCs have it, and limits that a zone made by people stays far below.
    public static final ZoneRules STANDARD =
            new ZoneRules(RrClass.IN, -1, false, 16, 10_000, 10_000_000);

    /// Only what BIND, NSD and Knot all read.
    public static final ZoneRules PORTABLE =
            new ZoneRules(RrClass.IN, -1, true, 16, 10_000, 10_000_000);

    public ZoneRules withDefaultTtl(long seconds) {
        return new ZoneRules(rrClass, seconds, portable, includeDepth, includes, generated);
    }

    public ZoneRules withClass(int rrClass) {
        return new ZoneRules(rrClass, defaultTtl, portable, includeDepth, includes, generated);
    }
}
