// SPDX-License-Identifier: Apache-2.0

/// Declarations, and what the processor makes of them, as a module of a user has them.
module io.mirage4j.cstruct.layout.tests {
    requires io.mirage4j.cstruct;
    requires static jdk.management; // a test counts what is allocated
    requires static org.jspecify;

    exports io.mirage4j.cstruct.layout.tests;
}
