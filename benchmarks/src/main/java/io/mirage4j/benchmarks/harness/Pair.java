// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// Ours and what it is compared with.
public record Pair<T>(T ours, T baseline) {}
