// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// Makes what a row needs (memory, inputs, libraries) when the row is about to run, not before.
@FunctionalInterface
public interface Setup<T> {
    /// Throws [SkippedException] where this machine lacks something.
    T make() throws Exception;
}
