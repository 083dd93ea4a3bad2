// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

/// Where long work says how far it is, a line at a time.
@FunctionalInterface
public interface Progress {
    void say(String line);
}
