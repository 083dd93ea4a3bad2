// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// A program that serves files by HTTP.
@NullMarked
module io.mirage4j.examples.httpserver {
    requires io.mirage4j.crunch;
    requires io.mirage4j.http;
    requires io.mirage4j.platform;
    requires io.mirage4j.tcpip;
    requires static org.jspecify;
}
