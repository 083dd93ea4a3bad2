// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The smallest program on the contracts.
@NullMarked
module io.mirage4j.examples.hello {
    requires io.mirage4j.platform;
    requires io.mirage4j.platform.host;
    requires static org.jspecify;
}
