// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.MemoryBoard;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class DeclarationTest {
    private static final Block STORAGE = Block.named("storage");
    private static final Declaration PROGRAM = Declaration.named("tried").device(STORAGE).build();

    @Test
    void aProgramGetsTheDeviceBehindTheName() throws Exception {
        var disk = MemoryBlockDevice.create(512, 4);
        var board = new MemoryBoard().attach("storage", disk);
        int status =
                PROGRAM.run(
                        board,
                        new String[0],
                        (given, arguments) -> given.open(STORAGE) == disk ? 7 : 1);
        assertThat(status).isEqualTo(7);
    }

    @Test
    void aProgramThatWasStartedByItselfIsToldHowToStartIt() {
        assertThatThrownBy(CurrentBoard::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no board below this program")
                .hasMessageContaining("./mirage run");
    }

    @Test
    void aNameWithNothingBehindItFails() {
        assertThatThrownBy(() -> new MemoryBoard().open(STORAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("storage");
    }

    @Test
    void wrongUseIsAnsweredWithoutTheProgram() throws Exception {
        var board = new MemoryBoard();
        int status =
                PROGRAM.run(
                        board,
                        new String[] {"--what"},
                        (given, arguments) -> {
                            throw new AssertionError("ran");
                        });
        assertThat(status).isEqualTo(Declaration.WRONG_USE);
        assertThat(board.text()).contains("no argument --what");
    }

    @Test
    void namesThatAManifestCanNotHoldAreRefused() {
        assertThatThrownBy(() -> Network.named("")).hasMessageContaining("device name ''");
        assertThatThrownBy(() -> Network.named("a-b")).hasMessageContaining("letters and digits");
        assertThatThrownBy(() -> Block.named("é")).hasMessageContaining("letters and digits");
        assertThatThrownBy(() -> Block.named("a".repeat(68))).hasMessageContaining("67");
        assertThat(Block.named("a".repeat(67)).name()).hasSize(67);
    }

    @Test
    void twoThingsOfOneNameAreRefused() {
        assertThatThrownBy(() -> PROGRAM_TWICE.build()).hasMessageContaining("'storage'");
        assertThatThrownBy(
                        () ->
                                Declaration.named("p")
                                        .argument(Argument.flag("a"))
                                        .argument(Argument.text("a"))
                                        .build())
                .hasMessageContaining("--a");
    }

    @Test
    void aManifestHasRoomFor63Devices() {
        var most = Declaration.named("p");
        for (int i = 0; i < Declaration.MAX_DEVICES; i++) {
            most.device(Block.named("d" + i));
        }
        assertThat(most.build().devices()).hasSize(63);
        most.device(Block.named("more"));
        assertThatThrownBy(most::build).hasMessageContaining("64 devices > 63");
    }

    @Test
    void namesOfArgumentsAndProgramsAreChecked() {
        assertThatThrownBy(() -> Argument.flag("help")).hasMessageContaining("'help'");
        assertThatThrownBy(() -> Argument.flag("A")).hasMessageContaining("'A'");
        assertThatThrownBy(() -> Declaration.named("no good").build())
                .hasMessageContaining("'no good'");
    }

    private static final Declaration.Builder PROGRAM_TWICE =
            Declaration.named("p").device(STORAGE).device(Network.named("storage"));
}
