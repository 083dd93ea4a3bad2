// SPDX-License-Identifier: Apache-2.0

/// A unikernel as a value of the JVM, and the command that runs one.
package io.mirage4j.tender;
