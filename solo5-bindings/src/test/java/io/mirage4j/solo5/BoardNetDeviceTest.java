// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.Engine;
import io.mirage4j.platform.contract.NetDeviceContract;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

class BoardNetDeviceTest extends NetDeviceContract {
    @Override
    protected Ports open() {
        MemoryBoard near = new MemoryBoard().port("service0");
        MemoryBoard far = new MemoryBoard().port("x").port("service0");
        near.sendTo(far);
        far.sendTo(near);
        return new Ports(new Machine(near).network("service0"), new Machine(far).network("x"));
    }

    @Test
    void aDeviceThatFailsIsNamed() {
        MemoryBoard memory = new MemoryBoard().port("service0");
        BoardNetDevice nic = new Machine(memory).network("service0");
        memory.failWith = 3;
        assertThatThrownBy(nic::poll)
                .isInstanceOf(IOException.class)
                .hasMessage("network device service0: read failed, result 3");
        assertThatThrownBy(() -> nic.commit(60))
                .isInstanceOf(IOException.class)
                .hasMessage("network device service0: write failed, result 3");
    }

    @Test
    void aFrameThatFindsNoRoomIsLostWithoutAnError() throws IOException {
        MemoryBoard memory = new MemoryBoard().port("service0");
        BoardNetDevice nic = new Machine(memory).network("service0");
        memory.failWith = Calls.AGAIN;
        nic.commit(60);
        assertThat(nic.hasRoom()).isTrue();
    }

    @Test
    void awaitReturnsToAPlatformThread() throws Exception {
        BoardNetDevice nic = new Machine(new MemoryBoard().port("service0")).network("service0");
        Thread waiting = Thread.ofPlatform().daemon().start(() -> nic.await(Engine.NEVER));
        assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aVirtualThreadIsUnparkedOnceItsDeviceIsReady() throws Exception {
        BoardNetDevice nic = new Machine(new MemoryBoard().port("service0")).network("service0");
        Thread waiting =
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; i < 1000; i++) {
                                nic.await(Engine.NEVER);
                            }
                        });
        assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
    }
}
