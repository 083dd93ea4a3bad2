// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Network;

/// Declarations that several tests use.
public final class Programs {
    public static final Declaration WITH_DEVICES =
            Declaration.named("tried")
                    .device(Network.named("service"))
                    .device(Block.named("storage"))
                    .build();

    /// A program without a declaration.
    static final class Bare {
        public static void main(String[] args) {}

        private Bare() {}
    }

    private Programs() {}
}
