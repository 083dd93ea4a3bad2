// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Network;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class UsualNetworkTest {
    private static final Declaration PROGRAM =
            Declaration.named("tried")
                    .device(Network.named("service"))
                    .device(Block.named("storage"))
                    .device(Network.named("management"))
                    .build();

    @Test
    void eachPortThatHasNothingGetsAnInterfaceOfItsOwn() {
        List<String> options = UsualNetwork.options(PROGRAM, List.of());
        assertThat(options).hasSize(2).doesNotHaveDuplicates();
        assertThat(options.getFirst()).startsWith("--net:service=mirage");
        assertThat(options.getLast()).startsWith("--net:management=mirage");
    }

    @Test
    void whatTheUserAttachedStays() {
        assertThat(UsualNetwork.options(PROGRAM, List.of("--net:service=tap0")))
                .singleElement()
                .asString()
                .startsWith("--net:management=");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10.0.0.1/24",
        "--ipv4=192.0.2.77/26, 192.0.2.65/26",
        "--ipv4=192.0.2.1/24, 192.0.2.2/24",
        "--ipv4 192.0.2.9/29, 192.0.2.10/29",
        "--ipv4=192.0.2.9/31, ''",
        "--ipv4=nonsense, ''"
    })
    void thisSideIsInTheNetworkOfTheProgram(String words, String address) {
        assertThat(UsualNetwork.hostAddress(List.of(words.split(" ", -1)))).isEqualTo(address);
    }
}
