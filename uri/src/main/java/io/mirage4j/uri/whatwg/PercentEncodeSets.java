// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

/// The percent-encode sets of the URL Standard (1.3), each as its complement: a [PercentSet] holds
/// the characters that are *not* encoded.
public final class PercentEncodeSets {
    /// Only controls, and all beyond ASCII, are encoded.
    public static final PercentSet C0_CONTROL = PercentSet.range(' ', '~');

    public static final PercentSet FRAGMENT = C0_CONTROL.without(" \"<>`");

    public static final PercentSet QUERY = C0_CONTROL.without(" \"#<>");

    /// For the query of an `http` URL and its like.
    public static final PercentSet SPECIAL_QUERY = QUERY.without("'");

    public static final PercentSet PATH = QUERY.without("?^`{}");

    public static final PercentSet USERINFO = PATH.without("/:;=@[\\]|");

    /// What can be put into any part of a URL and comes back unchanged, as `encodeURIComponent()`
    /// makes it.
    public static final PercentSet COMPONENT = USERINFO.without("$%&+,");

    /// `application/x-www-form-urlencoded`, where a space becomes `+` besides.
    public static final PercentSet FORM = COMPONENT.without("!'()~");

    private PercentEncodeSets() {}
}
