// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The project's own web site, and what serves it.
@NullMarked
module io.mirage4j.examples.website {
    requires io.mirage4j.crunch;
    requires io.mirage4j.dns;
    requires io.mirage4j.http;
    requires io.mirage4j.platform;
    requires io.mirage4j.tcpip;
    requires static org.commonmark;
    requires static org.commonmark.ext.gfm.tables;
    requires static org.commonmark.ext.heading.anchor;
    requires static org.jspecify;
}
