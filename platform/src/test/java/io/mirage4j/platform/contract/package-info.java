// SPDX-License-Identifier: Apache-2.0

/// The contracts as tests. Whoever implements one extends its class here, says how to make what is
/// tested, and gets the tests: `<type>test-jar</type>` of `io.mirage4j:platform`.
@NullMarked
package io.mirage4j.platform.contract;

import org.jspecify.annotations.NullMarked;
