// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MainMethodTest {
    private static final List<String> SAID = new ArrayList<>();

    static final class WithWords {
        private static void main(String[] words) {
            SAID.add("words " + String.join(",", words));
        }
    }

    static final class Without {
        static void main() {
            SAID.add("none");
        }
    }

    static class OfAnObject {
        void main() {
            SAID.add("object " + getClass().getSimpleName());
        }
    }

    static final class Inheriting extends OfAnObject {}

    static final class Both {
        void main(String[] words) {
            SAID.add("first " + words.length);
        }

        static void main() {
            SAID.add("second");
        }
    }

    static final class Nothing {
        static int main(String[] words) {
            return words.length;
        }
    }

    @Test
    void itIsFoundAsJavasLauncherFindsIt() throws Throwable {
        SAID.clear();
        for (Class<?> program :
                List.of(
                        WithWords.class,
                        Without.class,
                        OfAnObject.class,
                        Inheriting.class,
                        Both.class)) {
            MainMethod.of(program).invokeExact(new String[] {"a", "b"});
        }
        assertThat(SAID)
                .containsExactly(
                        "words a,b", "none", "object OfAnObject", "object Inheriting", "first 2");
    }

    @Test
    void aClassWithoutOneIsNamed() {
        assertThatThrownBy(() -> MainMethod.of(Nothing.class))
                .isInstanceOf(NoSuchMethodException.class)
                .hasMessageContaining("Nothing has no `static void main(String[] args)`");
    }
}
