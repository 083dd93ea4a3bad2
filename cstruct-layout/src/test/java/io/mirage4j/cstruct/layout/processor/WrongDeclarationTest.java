// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A wrong declaration is a compile error on the element that is wrong, and says what to do.
class WrongDeclarationTest {
    /// In a declaration, the line that is wrong ends with this.
    private static final String HERE = "// here";

    private static final String HEAD =
            """
            import io.mirage4j.cstruct.*;
            import io.mirage4j.cstruct.layout.*;
            """;

    @TempDir Path folder;

    private static Arguments field(String name, String declaration, String message) {
        return Arguments.of(
                name, "@Layout @BigEndian interface X {\n" + declaration + "}\n", message);
    }

    static List<Arguments> declarations() {
        List<Arguments> all = new ArrayList<>();
        all.addAll(types());
        all.addAll(widths());
        all.addAll(orders());
        all.addAll(bits());
        all.addAll(places());
        all.addAll(arrays());
        all.addAll(tails());
        all.addAll(values());
        all.addAll(nested());
        all.addAll(names());
        all.addAll(codes());
        return all;
    }

    private static List<Arguments> types() {
        return List.of(
                Arguments.of(
                        "a class",
                        "@Layout class X {} // here\n",
                        "a layout is declared by an interface: make it one"),
                Arguments.of(
                        "a heir",
                        "interface Y {}\n@Layout interface X extends Y { // here\n @U8 int a(); }\n",
                        "a layout extends nothing: nest the other layout as a field"),
                Arguments.of(
                        "a generic type",
                        "@Layout interface X<T> { // here\n @U8 int a(); }\n",
                        "a layout has no type parameters: drop them"),
                Arguments.of(
                        "a private type",
                        "class Y {\n@Layout private interface X { // here\n @U8 int a(); } }\n",
                        "the class that is made can not see it: drop `private`"),
                Arguments.of(
                        "no field",
                        "@Layout interface X {} // here\n",
                        "a layout has a field at least: declare one"),
                Arguments.of(
                        "another size than told",
                        "@Layout(size = 4) interface X { // here\n @U8 int a(); }\n",
                        "it has 1 octets, not 4: a ends at 1; look for a missing field, @CAligned"
                                + " or @Align"),
                field("parameters", "@U8 int a(int b); // here\n", "a field has no parameters: drop them"),
                field(
                        "a body",
                        "@U8 default int a() { // here\n return 1; }\n",
                        "a field has no body: drop it, or make the method static"),
                Arguments.of(
                        "a field outside a layout",
                        "interface X {\n@U8 int a(); // here\n}\n",
                        "@U8 means nothing here: write @Layout on X"),
                Arguments.of(
                        "a union that is no layout",
                        "@Union interface X {} // here\n",
                        "@Union means nothing here: write @Layout on X"));
    }

    private static List<Arguments> widths() {
        return List.of(
                field("no width", "int a(); // here\n", "its width is not said: write @U8 to @U32, @S8 to @S32 or @Bits(n) on it"),
                field("no width of a long", "long a(); // here\n", "its width is not said: write @U40 to @U64, @S40 to @S64 or @Bits(n) on it"),
                field("no width of a boolean", "boolean a(); // here\n", "its width is not said: write @Bits(1) on it"),
                field("no width of a float", "float a(); // here\n", "its width is not said: write @F32 on it"),
                field("no width of a double", "double a(); // here\n", "its width is not said: write @F64 on it"),
                field("no width of void", "void a(); // here\n", "its width is not said: write @Octets(n), @Bits(n) or a number's width on it"),
                field("no length of octets", "Cstruct a(); // here\n", "its width is not said: write @Octets(n) on it, or @Tail at the end"),
                field("a type that is no layout", "Runnable a(); // here\n", "its width is not said: write a number's width on it if java.lang.Runnable is @Codes, or declare java.lang.Runnable as a @Layout"),
                field("a type that can not be", "char a(); // here\n", "its width is not said: return int, long, float, double, boolean, Cstruct, @Codes or a @Layout"),
                field("two widths", "@U8 @U16 int a(); // here\n", "both @U8 and @U16: keep one"),
                field("a long of 16 bits", "@U16 long a(); // here\n", "@U16 is read as int, not long: return int or change the width"),
                field("an int of 64 bits", "@U64 int a(); // here\n", "@U64 is read as long, not int: return long or change the width"),
                field("a float of 64 bits", "@F64 float a(); // here\n", "@F64 is read as double, not float: return double or change the width"),
                field("an int of 33 bits", "@Bits(33) int a(); // here\n", "@Bits(33) is read as long, not int: return long or change the width"),
                field("a boolean of 8 bits", "@U8 boolean a(); // here\n", "@U8 is read as int, not boolean: return int or change the width"),
                field("octets as int", "@Octets(4) int a(); // here\n", "@Octets is read as Cstruct, not int: return Cstruct"),
                field("no octets", "@Octets(0) Cstruct a(); // here\n", "@Octets(0) must be 1 or more"));
    }

    private static List<Arguments> orders() {
        return List.of(
                Arguments.of("no order", "@Layout interface X {\n@U16 int a(); // here\n}\n", "its byte order is not said: write @BigEndian or @LittleEndian on the layout or on this field"),
                Arguments.of("no order of bits", "@Layout interface X {\n@Bits(8) int a(); // here\n}\n", "its byte order is not said: write @BigEndian or @LittleEndian on the layout or on this field"),
                Arguments.of("two orders", "@Layout @BigEndian @LittleEndian interface X { // here\n@U16 int a(); \n}\n", "both @BigEndian and @LittleEndian: keep one"),
                field("two orders of a field", "@BigEndian @LittleEndian @U16 int a(); // here\n", "both @BigEndian and @LittleEndian: keep one"),
                field("an order of one octet", "@LittleEndian @U8 int a(); // here\n", "one octet, or a window on some, has no byte order: drop it"),
                Arguments.of("an order of a nested layout", "@Layout interface Y { @U8 int b(); }\n@Layout interface X {\n@BigEndian Y a(); // here\n}\n", "a nested layout has a byte order of its own: say it there"));
    }

    private static List<Arguments> bits() {
        return List.of(
                field("unfilled octets", "@Bits(4) int a();\n@Bits(3) int b(); // here\n@U8 int c();\n", "the bits from a to here make 7 of 8: add `@Bits(1) void reserved();`"),
                field("unfilled octets at the end", "@Bits(12) int a(); // here\n", "the bits from a to here make 12 of 16: add `@Bits(4) void reserved();`"),
                field("too many bits without an octet's end", "@Bits(60) long a();\n@Bits(7) int b(); // here\n", "the bits from a on make 67 and no whole octets: a group has at most 64"),
                field("an unfilled group", "@BitGroup(octets = 2, first = BitGroup.First.LOWEST) @Bits(8) int a(); // here\n@U8 int b();\n", "the bits from a to here make 8 of 16: add `@Bits(8) void reserved();`"),
                field("a field across a group's end", "@BitGroup(octets = 1, first = BitGroup.First.LOWEST) @Bits(7) int a();\n@Bits(2) int b(); // here\n", "it crosses the end of its group: 9 bits of 8 with it; make it narrower or the group larger"),
                field("a group in a group", "@Bits(5) int a();\n@BitGroup(octets = 1, first = BitGroup.First.LOWEST) @Bits(3) int b(); // here\n", "@BitGroup begins a group, but 3 bits of the one before are not declared: add `@Bits(3) void reserved();`"),
                field("a group of no bits", "@BitGroup(octets = 1, first = BitGroup.First.LOWEST) @U8 int a(); // here\n", "@BitGroup begins a group of @Bits fields: drop it here"),
                field("a group of 9 octets", "@BitGroup(octets = 9, first = BitGroup.First.LOWEST) @Bits(8) int a(); // here\n", "@BitGroup of 9 octets must have 1..8"),
                field("two orders in an octet", "@Bits(5) int a();\n@LittleEndian @Bits(3) int b(); // here\n", "it shares octets with a, which is big-endian: give both the same byte order"),
                field("a place inside an octet", "@Bits(5) int a();\n@At(1) @Bits(3) int b(); // here\n", "it begins inside an octet that a begins: move @At or @Align there"),
                field("no bits", "@Bits(0) int a(); // here\n", "@Bits(0) must be 1..64"),
                field("65 bits", "@Bits(65) long a(); // here\n", "@Bits(65) must be 1..64"),
                field("a boolean of two bits", "@Bits(2) boolean a(); // here\n", "a boolean has one bit, not 2: return int"),
                field("an array of bits", "@Bits(8) @Count(2) int[] a(); // here\n", "bits make no array: write a method for each, or declare a layout of them"),
                Arguments.of("bits in a union", "@Layout @Union @BigEndian interface X {\n@Bits(4) int a(); // here\n@Bits(4) int b();}\n", "the bits from a to here make 4 of 8: add `@Bits(4) void reserved();`"));
    }

    private static List<Arguments> places() {
        return List.of(
                field("an overlap", "@U32 int a();\n@At(3) @U8 int b(); // here\n", "it overlaps a, which ends at 4: move it to @At(4) or later, or declare both in a @Union"),
                field("a place before the layout", "@At(-1) @U8 int a(); // here\n", "@At(-1) must be 0 or more"),
                field("a place off its alignment", "@At(2) @Align(4) @U8 int a(); // here\n", "@At(2) is no multiple of @Align(4): change one of them"),
                field("an odd alignment", "@Align(3) @U8 int a(); // here\n", "@Align(3) must be a power of two: 1, 2, 4, 8 and so on"),
                Arguments.of("no alignment", "@Layout @CAligned(0) interface X { // here\n @U8 int a(); }\n", "@CAligned(0) must be a power of two: 1, 2, 4, 8 and so on"),
                field("a field beyond what an int counts", "@Octets(0x7fff_ffff) void a();\n@U8 int b(); // here\n", "it ends at 2147483648, but a layout has at most 2147483647 octets: make it shorter"),
                field("an array beyond what an int counts", "@U64 @Count(0x4000_0000) long[] a(); // here\n", "it ends at 8589934592, but a layout has at most 2147483647 octets: make it shorter"),
                Arguments.of("an alignment beyond what an int counts", "@Layout @Align(4) interface X { // here\n @Octets(0x7fff_ffff) void a(); }\n", "it has 2147483648 octets, but at most 2147483647 are possible: make it shorter"));
    }

    private static List<Arguments> arrays() {
        return List.of(
                field("an array without a length", "@U8 int[] a(); // here\n", "an array needs a length: write @Count(n), or @Tail at the end"),
                field("a count without an array", "@Count(2) @U8 int a(); // here\n", "@Count makes an array: return int[]"),
                field("no element", "@Count(0) @U8 int[] a(); // here\n", "@Count(0) must be 1 or more"),
                field("an array of arrays", "@Count(2) @U8 int[][] a(); // here\n", "@U8 is read as int, not int[]: return int or change the width"),
                field("a count and a tail", "@Count(2) @Tail @U8 int[] a(); // here\n", "both @Count and @Tail: keep one"));
    }

    private static List<Arguments> tails() {
        return List.of(
                field("an unknown length field", "@U8 int n();\n@Tail(count = \"m\") @U8 int[] a(); // here\n", "there is no field m to tell its length: name one of n"),
                field("a length field that is no number", "@F32 float n();\n@Tail(octets = \"n\") Cstruct a(); // here\n", "n can not tell a length: that is for a single, plain whole number of at most 48 bits"),
                field("a length field of 64 bits", "@U64 long n();\n@Tail(octets = \"n\") Cstruct a(); // here\n", "n can not tell a length: that is for a single, plain whole number of at most 48 bits"),
                field("a length field that nobody reads", "@U8 void n();\n@Tail(octets = \"n\") Cstruct a(); // here\n", "there is no field n to tell its length"),
                field("a tail that is its own length", "@U8 int n();\n@Tail(count = \"a\") @U8 int[] a(); // here\n", "a can not tell a length: that is for a single, plain whole number of at most 48 bits"),
                field("a tail before a field", "@Tail @U8 int[] a(); // here\n@U8 int b();\n", "a tail ends its layout, but b follows: move the tail to the end"),
                field("a tail before a tail", "@Tail @U8 int[] a(); // here\n@Tail Cstruct b();\n", "a tail ends its layout, but b follows: move the tail to the end"),
                field("a tail of one", "@U8 int n();\n@Tail @U8 int a(); // here\n", "@Tail makes an array, or a window on octets: return int[] or Cstruct"),
                field("a tail of windows without a length", "@U8 int n();\n@Tail Cstruct[] a(); // here\n", "its elements have no length: write @Octets(n), or return Cstruct"),
                field("two units", "@U8 int n();\n@Tail(count = \"n\", octets = \"n\") Cstruct a(); // here\n", "both count and octets: keep the one that the field means"),
                field("no times", "@U8 int n();\n@Tail(count = \"n\", times = 0) Cstruct a(); // here\n", "times = 0 must be 1..32767"),
                Arguments.of("a tail in a union", "@Layout @Union interface X {\n@U8 int n();\n@Tail Cstruct a(); // here\n}\n", "a union has no tail: declare a layout for this case and put it there"),
                Arguments.of("a layout with a tail in another", "@Layout interface Y { @U8 int n(); @Tail Cstruct b(); }\n@Layout interface X {\nY a(); // here\n}\n", "Y has a tail, so its size is not known here: declare its fixed part as a layout of its own and nest that"));
    }

    private static List<Arguments> values() {
        return List.of(
                field("a wide constant", "@U8 @Const(256) int a(); // here\n", "@Const(256) does not fit the field (0..255)"),
                field("a negative constant", "@U32 @Const(-1) int a(); // here\n", "@Const(-1) does not fit the field (0..4294967295)"),
                field("a wide signed constant", "@S8 @Const(128) int a(); // here\n", "@Const(128) does not fit the field (-128..127)"),
                field("a wide constant of bits", "@Bits(3) @Const(8) int a(); // here\n@Bits(5) void b();\n", "@Const(8) does not fit the field (0..7)"),
                field("a constant float", "@F32 @Const(1) float a(); // here\n", "@Const is for a single whole number that is plainly read: drop it"),
                field("a constant array", "@U8 @Count(2) @Const(1) int[] a(); // here\n", "@Const is for a single whole number that is plainly read: drop it"),
                field("a constant boolean", "@Bits(1) @Const(1) boolean a(); // here\n@Bits(7) void b();\n", "@Const is for a single whole number that is plainly read: drop it"),
                field("an empty range", "@U8 @Range(min = 3, max = 2) int a(); // here\n", "@Range 3..2 holds nothing: swap min and max"),
                field("an empty range of 64 bits", "@U64 @Range(min = 3, max = 2) long a(); // here\n", "@Range 3..2 holds nothing: swap min and max"),
                field("a wide range", "@U8 @Range(max = 256) int a(); // here\n", "@Range 0..256 does not fit the field (0..255)"),
                field("a negative range", "@U64 @Range(min = -5) long a(); // here\n", "@Range 18446744073709551611..18446744073709551615 does not fit the field (0..18446744073709551615)"),
                field("a range of what nobody reads", "@U8 @Range(max = 2) void a(); // here\n", "@Range is for a single whole number that is plainly read: drop it"),
                field("a constant in a range", "@U8 @Const(1) @Range(max = 2) int a(); // here\n", "both @Const and @Range: keep one"),
                Arguments.of("a constant in a union", "@Layout @Union interface X {\n@U8 @Const(1) int a(); // here\n}\n", "@Const in a union can not be checked, since another field may hold: declare a layout for this case and put it there"),
                field("an atomic of 16 bits", "@Atomic @LittleEndian @U16 int a(); // here\n", "@Atomic is for @U32, @S32, @U64 and @S64 in the fixed part of a layout"),
                field("an atomic float", "@Atomic @LittleEndian @F32 float a(); // here\n", "@Atomic is for @U32, @S32, @U64 and @S64 in the fixed part of a layout"),
                field("a big-endian atomic", "@Atomic @U32 int a(); // here\n", "atomic fields have the byte order of the machine, which is little-endian: write @LittleEndian on it"),
                field("a constant atomic", "@Atomic @LittleEndian @U32 @Const(1) int a(); // here\n", "@Const is for a single whole number that is plainly read: drop it"),
                field("an atomic off its alignment", "@U16 int b();\n@Atomic @LittleEndian @U32 int a(); // here\n", "atomic access needs a multiple of 4, and it begins at 2: write @Align(4) on it"));
    }

    private static List<Arguments> nested() {
        return List.of(
                Arguments.of("a layout in itself", "@Layout interface X {\nX a(); // here\n}\n", "a layout can not contain itself (X -> X): keep an index or an offset instead"),
                Arguments.of("layouts in each other", "@Layout interface X {\nY a(); }\n@Layout interface Y {\nZ b(); }\n@Layout interface Z {\nX[] no(); @Count(2) X[] c(); // here\n}\n".replace("X[] no(); ", ""), "a layout can not contain itself (X -> Y -> Z -> X): keep an index or an offset instead"),
                Arguments.of("a tail of itself", "@Layout interface X {\n@Tail X[] a(); // here\n}\n", "a layout can not contain itself (X -> X): keep an index or an offset instead"),
                Arguments.of("a nested atomic off its alignment", "@Layout interface Y { @Atomic @LittleEndian @U64 long b(); }\n@Layout interface X {\n@U8 int b();\nY a(); // here\n}\n", "atomic access needs a multiple of 8, and it begins at 1: write @Align(8) on it"),
                Arguments.of("elements with atomics off their alignment", "@Layout interface Y { @Atomic @LittleEndian @U64 long b(); @U8 int c(); }\n@Layout interface X {\n@Count(2) Y[] a(); // here\n}\n", "its elements have atomic fields at multiples of 8 and are 9 octets long: write @Align(8) on their layout"),
                Arguments.of("a fault in a nested layout is told once", "@Layout interface Y {\nint b(); // here\n}\n@Layout interface X { Y a(); Y c(); }\n", "its width is not said: write @U8 to @U32, @S8 to @S32 or @Bits(n) on it"));
    }

    private static List<Arguments> names() {
        return List.of(
                field("a name of a made method", "@U8 int validate(); // here\n", "every made class has a member validate already: rename the field"),
                field("a name of another's writer", "@U8 int mac();\n@U8 int putMac(); // here\n", "both mac and putMac would make a member putMac: rename one"),
                field("the same constant", "@U8 int nrSegs();\n@U8 int nr_segs(); // here\n", "both nrSegs and nr_segs would make a member OFFSET_NR_SEGS: rename one"));
    }

    private static final String FORM =
            "@Codes needs a sealed interface of one enum of known numbers and one record (int code)"
                    + " for all others";

    private static Arguments codes(String name, String declaration, String message) {
        return Arguments.of(name, declaration, message);
    }

    private static String good(String constants, String type) {
        return "@Codes sealed interface C {\nenum Known implements C { "
                + constants
                + " }\nrecord Unknown("
                + type
                + " code) implements C {} }\n";
    }

    private static List<Arguments> codes() {
        return List.of(
                codes("codes of an enum", "@Codes enum C { A } // here\n", FORM),
                codes("codes that are not sealed", "@Codes interface C {} // here\n", FORM),
                codes("codes without unknown ones", "@Codes sealed interface C { // here\nenum A implements C { @Code(1) X }\nenum B implements C { @Code(2) Y } }\n", FORM),
                codes("codes with text for unknown ones", "@Codes sealed interface C { // here\nenum A implements C { @Code(1) X }\nrecord B(String s) implements C {} }\n", FORM + ": B must have a single int, or a single long for fields beyond 32 bits"),
                codes("a constant without a number", good("@Code(1) A,\nB // here\n", "int"), "B has no number: write @Code(n) on it"),
                codes("a number with two names", good("@Code(1) A,\n@Code(1) B // here\n", "int"), "code 1 is A already: keep one name"),
                codes("the same bits with two names", good("@Code(-1) A,\n@Code(0xffff_ffffL) B // here\n", "int"), "code 4294967295 is A already: keep one name"),
                codes("a number of 33 bits", good("@Code(0x1_0000_0000L) A // here\n", "int"), "code 4294967296 does not fit 32 bits: give the record of unknown numbers a long"),
                codes("a name for a number that the field can not hold", good("@Code(256) A", "int") + "@Layout interface X {\n@U8 C a(); // here\n}\n", "C.A = 256 does not fit the field (0..255): widen it"),
                codes("names of ints on a wide field", good("@Code(1) A", "int") + "@Layout @BigEndian interface X {\n@U64 C a(); // here\n}\n", "C has int numbers: make its record (long code) for this field"),
                codes("names of longs on a narrow field", good("@Code(1) A", "long") + "@Layout interface X {\n@U8 C a(); // here\n}\n", "C has long numbers: make its record (int code) for this field"),
                codes("names of floats", good("@Code(1) A", "int") + "@Layout @BigEndian interface X {\n@F32 C a(); // here\n}\n", "C names whole numbers: write @U8 to @U64 or @Bits(n) on it"),
                codes("a constant with names", good("@Code(1) A", "int") + "@Layout interface X {\n@U8 @Const(1) C a(); // here\n}\n", "@Const is for a single whole number that is plainly read: drop it"),
                codes("an enum on its own", "enum E { A }\n@Layout interface X {\n@U8 E a(); // here\n}\n", "an enum can not hold the numbers it has no name for: return a sealed interface with @Codes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("declarations")
    void isRefusedWhereItIsWrong(String name, String declaration, String message) {
        String source = HEAD + declaration;
        Compilation compilation = new Compilation(folder).source("X.java", source);
        assertThat(compilation.run()).isFalse();
        assertThat(compilation.errors()).containsExactly(lineOfHere(source) + ": " + message);
    }

    private static int lineOfHere(String source) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(HERE)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line is marked in " + source);
    }

    @Test
    void everyWrongFieldIsTold() {
        Compilation compilation =
                new Compilation(folder)
                        .source(
                                "X.java",
                                HEAD
                                        + """
                                        @Layout interface X {
                                            @U16 int a();
                                            int b();
                                            @U8 int good();
                                            @Octets(0) Cstruct c();
                                        }
                                        """);
        assertThat(compilation.run()).isFalse();
        assertThat(compilation.errors()).hasSize(3);
        assertThat(compilation.made()).isEmpty();
    }
}
