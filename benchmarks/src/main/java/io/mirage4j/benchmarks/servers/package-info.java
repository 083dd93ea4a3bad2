// SPDX-License-Identifier: Apache-2.0
/// Servers that say hello, each in a process of its own: ours and those it is measured beside. The
/// first argument is the port.
@NullMarked
package io.mirage4j.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
