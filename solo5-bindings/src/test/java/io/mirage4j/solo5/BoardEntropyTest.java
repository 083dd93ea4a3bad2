// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.contract.EntropyContract;

import org.junit.jupiter.api.Test;

class BoardEntropyTest extends EntropyContract {
    private final MemoryBoard memory = new MemoryBoard();

    @Override
    protected Entropy open() {
        return new Machine(memory).entropy();
    }

    @Test
    void theBestSourceThatWorksIsTaken() {
        assertThat(EntropySource.of(memory).name()).isEqualTo("RDSEED");
        memory.rdseedIsStuck = true;
        assertThat(EntropySource.of(memory).name()).isEqualTo("RDRAND");
        memory.hasRdseed = false;
        memory.hasRdrand = false;
        assertThat(EntropySource.of(memory).name()).isEqualTo("JITTER");
    }

    @Test
    void jitterAloneServesToo() {
        memory.hasRdseed = false;
        memory.hasRdrand = false;
        Entropy entropy = open();
        assertThat(entropy.nextLong()).isNotEqualTo(entropy.nextLong());
    }

    @Test
    void aMachineWithoutAnyIsRefused() {
        memory.hasRdseed = false;
        memory.hasRdrand = false;
        memory.ticksAreRegular = true;
        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no entropy");
    }
}
