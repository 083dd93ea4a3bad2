// SPDX-License-Identifier: Apache-2.0

/// What Linux has and Java has not, by `java.lang.foreign`: TAP, datagrams by the batch, flows by
/// epoll, files with direct I/O. The JVM has to be told
/// `--enable-native-access=io.mirage4j.platform.host` (or `ALL-UNNAMED`).
@NullMarked
package io.mirage4j.platform.host.linux;

import org.jspecify.annotations.NullMarked;
