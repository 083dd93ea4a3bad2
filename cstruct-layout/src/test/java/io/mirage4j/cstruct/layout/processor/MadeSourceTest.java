// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// What the processor writes: every compilation here is with all warnings, as errors.
class MadeSourceTest {
    private static final String IMPORTS =
            """
            import io.mirage4j.cstruct.*;
            import io.mirage4j.cstruct.layout.*;
            """;

    private static final String POINT =
            """
            /// A point in the plane.
            @Layout @BigEndian public interface Point {
                /// How far to the right.
                @U16 int x();
                /** How far up. */
                @U16 int y();
            }
            """;

    @TempDir Path folder;

    private static void assertRight(Compilation compilation) {
        assertThat(compilation.run()).as("%s", compilation.errors()).isTrue();
        assertThat(compilation.errors()).isEmpty();
    }

    @Test
    void beginsWithTheLicenceAndSaysWhereItComesFrom() {
        Compilation compilation =
                new Compilation(folder).source("p/Point.java", "package p;\n" + IMPORTS + POINT);
        assertRight(compilation);
        assertThat(compilation.made("p/PointLayout.java"))
                .startsWith("// SPDX-License-Identifier: Apache-2.0\npackage p;\n")
                .contains("import org.jspecify.annotations.NullMarked;\n")
                .contains("\n@NullMarked\n")
                .contains("\n@Generated(\"" + LayoutProcessor.class.getName() + "\")\n")
                .contains("\npublic final class PointLayout {\n");
    }

    @Test
    void keepsTheJavadocOfTheDeclaration() {
        Compilation compilation = new Compilation(folder).source("Point.java", IMPORTS + POINT);
        assertRight(compilation);
        assertThat(compilation.made("PointLayout.java"))
                .contains("///\n/// A point in the plane.\n///\n")
                .contains("    /// How far to the right.\n    public static int x(")
                .contains("    /// How far up.\n    public static int y(");
    }

    @Test
    void isSeenByWhoSeesTheDeclaration() {
        Compilation compilation =
                new Compilation(folder)
                        .source("Outer.java", IMPORTS + "interface Outer {\n" + POINT + "}\n");
        assertRight(compilation);
        assertThat(compilation.made("OuterPointLayout.java"))
                .contains("[Outer.Point]")
                .contains("\nfinal class OuterPointLayout {\n");
    }

    @Test
    void doesWithoutAnnotationsThatTheModuleDoesNotSee() {
        Compilation compilation =
                new Compilation(folder)
                        .without("jspecify")
                        .source("module-info.java", "module m { requires io.mirage4j.cstruct; }\n")
                        .source("p/Point.java", "package p;\n" + IMPORTS + POINT);
        assertRight(compilation);
        assertThat(compilation.made("p/PointLayout.java"))
                .doesNotContain("NullMarked")
                .doesNotContain("Generated");
    }

    @Test
    void judgesFieldsThatAreNamedLikeItsVariables() {
        Compilation compilation =
                new Compilation(folder)
                        .source(
                                "Odd.java",
                                IMPORTS
                                        + """
                                        /// Names that are in the way.
                                        @Layout @BigEndian public interface Odd {
                                            @U8 @Range(min = 1, max = 9) int off();
                                            @U8 @Range(min = 1, max = 9) int offValue();
                                            @U8 @Range(min = 1, max = 9) int offValueValue();
                                            @U8 @Range(min = 1, max = 9) int buf();
                                            @U8 @Range(min = 1, max = 9) int available();
                                            @U8 @Range(min = 1, max = 9) int needed();
                                            @U8 @Range(min = 1, max = 9) int i();
                                        }
                                        """);
        assertRight(compilation);
    }

    @Test
    void nestsLayoutsThatWereCompiledBefore() {
        Compilation first =
                new Compilation(folder.resolve("first"))
                        .source(
                                "p/Point.java",
                                "package p;\n"
                                        + IMPORTS
                                        + POINT.replace("@BigEndian", "@BigEndian @Align(8)"))
                        .source(
                                "p/Kind.java",
                                "package p;\n"
                                        + IMPORTS
                                        + """
                                        @Codes public sealed interface Kind {
                                            enum Known implements Kind { @Code(1) ROUND }
                                            record Unknown(int code) implements Kind {}
                                        }
                                        """);
        assertRight(first);
        Compilation second =
                new Compilation(folder.resolve("second"))
                        .with(first.classes())
                        .source(
                                "q/Circle.java",
                                "package q;\nimport p.*;\n"
                                        + IMPORTS
                                        + """
                                        @Layout(size = 12) @BigEndian interface Circle {
                                            Point centre();
                                            @U24 int radius();
                                            @U8 Kind kind();
                                        }
                                        """);
        assertRight(second);
        assertThat(second.made("q/CircleLayout.java"))
                .contains("import p.PointLayout;\n")
                .contains("import p.Kind;\n")
                .contains("import p.KindCodes;\n")
                .contains("OFFSET_RADIUS = 8;");
    }

    @Test
    void namesTypesInFullWhereAnotherHasTheName() {
        Compilation compilation =
                new Compilation(folder)
                        .source(
                                "p/Verdict.java",
                                """
                                package p;
                                import io.mirage4j.cstruct.layout.Code;
                                import io.mirage4j.cstruct.layout.Codes;
                                @Codes sealed interface Verdict {
                                    enum Known implements Verdict { @Code(1) GUILTY }
                                    record Unknown(int code) implements Verdict {}
                                }
                                """)
                        .source(
                                "p/Trial.java",
                                """
                                package p;
                                import io.mirage4j.cstruct.layout.Layout;
                                import io.mirage4j.cstruct.layout.U8;
                                @Layout interface Trial {
                                    @U8 Verdict verdict();
                                }
                                """);
        assertRight(compilation);
        assertThat(compilation.made("p/TrialLayout.java"))
                .contains("public static p.Verdict verdict(ReadOnlyCstruct buf, int off) {");
    }

    @Test
    void breaksLongLines() {
        String name = "aFieldWithANameThatIsLongButNotAbsurd";
        Compilation compilation =
                new Compilation(folder)
                        .source(
                                "X.java",
                                IMPORTS
                                        + "@Layout @LittleEndian interface X {\n@Atomic @U32 @Count(2) int[] "
                                        + name
                                        + "();\n@Bits(3) @Const(1) void "
                                        + name
                                        + "2();\n@Bits(50) @Range(min = 7) long "
                                        + name
                                        + "3();\n@Bits(3) int b();\n}\n");
        assertRight(compilation);
        assertThat(compilation.made("XLayout.java"))
                .contains(" OFFSET_A_FIELD_WITH_A_NAME_THAT_IS_LONG_BUT_NOT_ABSURD = 0;");
        // A row of a table can not be broken.
        assertThat(compilation.made("XLayout.java").lines())
                .filteredOn(line -> !line.startsWith("/// |"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void constantsOfTheDeclarationMayBeUsed() {
        Compilation compilation =
                new Compilation(folder)
                        .source(
                                "X.java",
                                IMPORTS
                                        + """
                                        @Layout(size = X.COUNT * 2) @BigEndian interface X {
                                            int COUNT = 3;
                                            static int twice() { return 2 * COUNT; }
                                            @U16 @Count(COUNT) int[] words();
                                        }
                                        """);
        assertRight(compilation);
    }
}
