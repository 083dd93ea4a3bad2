// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// One side of a comparison.
@FunctionalInterface
public interface Body {
    /// Does the work `times` times over and returns a number that depends on all of it, so that no
    /// compiler can leave any of it out. Both sides of a row must return the same number for the
    /// same `times`: that is checked before anything is timed.
    long run(int times) throws Throwable;
}
