// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.IpPrefix;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ArgumentsTest {
    enum Mode {
        QUICK,
        VERY_SLOW
    }

    private static final Argument<IpPrefix> IPV4 =
            Argument.ipPrefix("ipv4").help("own address").orElse(IpPrefix.of("10.0.0.2/24"));
    private static final Argument<Integer> COUNT = Argument.number("count", -5, 10);
    private static final Argument<Mode> MODE =
            Argument.choice("mode", Mode.values()).orElse(Mode.QUICK);
    private static final Argument<Boolean> LOUD = Argument.flag("loud");
    private static final Argument<Optional<String>> NAME = Argument.text("name").optional();

    private static final Declaration PROGRAM =
            Declaration.named("tried")
                    .about("Is tried.")
                    .device(Network.named("service"))
                    .device(Block.named("storage").help("what is kept"))
                    .argument(IPV4)
                    .argument(COUNT)
                    .argument(MODE)
                    .argument(LOUD)
                    .argument(NAME)
                    .build();

    @Test
    void bothFormsOfAnArgumentMeanTheSame() {
        assertThat(given("--count=3", "--ipv4=192.0.2.1/30").get(IPV4))
                .isEqualTo(IpPrefix.of("192.0.2.1/30"));
        assertThat(given("--count", "3").get(COUNT)).isEqualTo(3);
        assertThat(given("--count", "-5").get(COUNT)).isEqualTo(-5);
    }

    @Test
    void whatIsNotGivenIsItsDefault() {
        Arguments arguments = given("--count=1");
        assertThat(arguments.get(IPV4)).isEqualTo(IpPrefix.of("10.0.0.2/24"));
        assertThat(arguments.get(MODE)).isEqualTo(Mode.QUICK);
        assertThat(arguments.get(LOUD)).isFalse();
        assertThat(arguments.get(NAME)).isEmpty();
    }

    @Test
    void flagsChoicesAndOptionalsAreTyped() {
        Arguments arguments = given("--count=1", "--loud", "--mode=very-slow", "--name=");
        assertThat(arguments.get(LOUD)).isTrue();
        assertThat(arguments.get(MODE)).isEqualTo(Mode.VERY_SLOW);
        assertThat(arguments.get(NAME)).contains("");
    }

    @Test
    void aMistakeIsToldWithTheThingTheValueAndTheWayOut() {
        assertThat(wrong("--count=11"))
                .isEqualTo(
                        "tried: --count=11: not in -5..10 at 0; wanted --count=NUMBER; --help tells"
                                + " what there is");
        assertThat(wrong("--count=1", "--ipv4=10.0.0.300/24")).contains("--ipv4=10.0.0.300/24: ");
        assertThat(wrong("--count=1", "--mode=slow")).contains("none of quick|very-slow");
        assertThat(wrong()).contains("--count=NUMBER is missing");
        assertThat(wrong("--count=1", "--count=1")).contains("--count is given twice");
        assertThat(wrong("--count")).contains("--count needs a value");
        assertThat(wrong("--count=1", "--loud=yes")).contains("--loud takes no value");
        assertThat(wrong("--coun=1")).contains("no argument --coun=1");
        assertThat(wrong("count=1")).contains("no argument count=1");
    }

    @Test
    void helpComesFromTheDeclaration() {
        var reading = PROGRAM.read("--count=99", "--help");
        assertThat(reading).isInstanceOf(Arguments.Reading.Wrong.class);
        assertThat(PROGRAM.read("--help"))
                .isEqualTo(
                        new Arguments.Reading.Help(
                                """
                                usage: tried [--ipv4=PREFIX] --count=NUMBER [--mode=quick|very-slow] [--loud] [--name=TEXT]

                                Is tried.

                                arguments
                                  --ipv4=PREFIX           own address (default: 10.0.0.2/24)
                                  --count=NUMBER          (required)
                                  --mode=quick|very-slow  (default: quick)
                                  --loud
                                  --name=TEXT
                                  --help                  this text

                                devices
                                  service  network
                                  storage  block: what is kept
                                """));
    }

    @Test
    void whatMayBeGivenSeveralTimesIsAllOfThemInTheirOrder() {
        Argument<List<Integer>> numbers = Argument.number("n", 0, 9).several();
        Declaration program = Declaration.named("p").argument(numbers).build();
        var three = (Arguments.Reading.Given) program.read("--n=3", "--n", "1", "--n=3");
        assertThat(three.arguments().get(numbers)).containsExactly(3, 1, 3);
        var none = (Arguments.Reading.Given) program.read();
        assertThat(none.arguments().get(numbers)).isEmpty();
        assertThat(program.read("--n=3", "--n=x")).isInstanceOf(Arguments.Reading.Wrong.class);
        assertThat(program.help()).contains("[--n=NUMBER...]");
    }

    @Test
    void anArgumentThatWasNotDeclaredIsRefused() {
        Argument<String> other = Argument.text("other");
        assertThatThrownBy(() -> given("--count=1").get(other)).hasMessageContaining("--other");
    }

    @Property
    void numbersComeBackAsTheyWereWritten(@ForAll int number) {
        Argument<Integer> any = Argument.number("n", Integer.MIN_VALUE, Integer.MAX_VALUE);
        Declaration program = Declaration.named("p").argument(any).build();
        assertThat(program.read("--n=" + number))
                .isInstanceOfSatisfying(
                        Arguments.Reading.Given.class,
                        given -> assertThat(given.arguments().get(any)).isEqualTo(number));
    }

    @Property
    void arbitraryWordsNeverThrow(@ForAll String[] words) {
        assertThat(PROGRAM.read(words)).isNotNull();
    }

    private static Arguments given(String... words) {
        return ((Arguments.Reading.Given) PROGRAM.read(words)).arguments();
    }

    private static String wrong(String... words) {
        return ((Arguments.Reading.Wrong) PROGRAM.read(words)).message();
    }
}
