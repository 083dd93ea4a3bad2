// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// Work for two threads that talk through memory: each half runs on a processor of its own, both
/// get the same `times`, and the work is done when both have returned. The result that is compared
/// is the sum of the two.
public record Duet(Body near, Body far) {}
