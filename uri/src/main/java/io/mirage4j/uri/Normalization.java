// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// Differences in writing that [Uri#normalize] removes, each by itself (RFC 3986, 6.2).
public enum Normalization {
    /// 6.2.2.1: scheme and host in lower case, the digits of escapes in upper case.
    CASE,
    /// 6.2.2.2: no escape for a character that needs none anywhere.
    PERCENT_ENCODING,
    /// 6.2.2.3: no segments `.` and `..`, except at the beginning of a relative path.
    DOT_SEGMENTS,
    /// 6.2.3: no port that is empty or the usual one for the scheme.
    DEFAULT_PORT,
    /// 6.2.3: `/` in the place of an empty path behind an authority.
    EMPTY_PATH
}
