// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.IDNA;

import io.mirage4j.uri.idna.IdnaResult.Domain;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Random names, ours beside ICU's UTS #46 of the same version of Unicode.
///
/// Three differences are made on purpose. Under the rules for the DNS, ICU lets a dot at the end
/// pass, which UTS #46, 4.2, does not: such names are counted apart. It looks for hyphens as third
/// and fourth UTF-16 unit, not character, and gives up on punycode of more than a thousand or so
/// characters: there are no such names here.
class IdnaIcuTest {
    private static final boolean FULL = Boolean.getBoolean("mirage.full");
    private static final int NAMES = FULL ? 5_000_000 : 200_000;

    private static final Set<IDNA.Error> LENGTHS =
            EnumSet.of(
                    IDNA.Error.EMPTY_LABEL,
                    IDNA.Error.LABEL_TOO_LONG,
                    IDNA.Error.DOMAIN_NAME_TOO_LONG);
    private static final Set<IDNA.Error> HYPHENS =
            EnumSet.of(
                    IDNA.Error.LEADING_HYPHEN, IDNA.Error.TRAILING_HYPHEN, IDNA.Error.HYPHEN_3_4);

    private static final int COMMON =
            IDNA.CHECK_BIDI
                    | IDNA.CHECK_CONTEXTJ
                    | IDNA.NONTRANSITIONAL_TO_ASCII
                    | IDNA.NONTRANSITIONAL_TO_UNICODE;
    private static final IDNA ICU_WEB = IDNA.getUTS46Instance(COMMON);
    private static final IDNA ICU_STD3 = IDNA.getUTS46Instance(COMMON | IDNA.USE_STD3_RULES);

    /// What happens to a code point on its own, and what makes labels interesting.
    private static final int[] INTERESTING =
            IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                    .filter(c -> IdnaTable.of(c) != IdnaTable.DISALLOWED)
                    .filter(c -> c < 0x800 || c % 7 == 0 || isSpecial(IdnaTable.of(c)))
                    .toArray();

    private final Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);

    private enum Verdict {
        BOTH_TAKE_IT,
        BOTH_REFUSE_IT,
        DOT_AT_END,
        DIFFERENT
    }

    private static boolean isSpecial(int entry) {
        return !IdnaTable.isValid(entry) || IdnaTable.concernsNfc(entry);
    }

    @Test
    void everyCodePointAloneIsTakenAsIcuTakesIt() {
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) compare(Character.toString(c));
        assertThat(seen).doesNotContainKey(Verdict.DIFFERENT);
    }

    @Test
    void randomNamesAreTakenAsIcuTakesThem() {
        var random = new Random(46);
        for (int i = 0; i < NAMES; i++) compare(name(random));
        assertThat(seen).doesNotContainKey(Verdict.DIFFERENT);
        // The names are worth something: a good part of them passes, and a good part does not.
        assertThat(seen.get(Verdict.BOTH_TAKE_IT)).isGreaterThan(NAMES / 10);
        assertThat(seen.get(Verdict.BOTH_REFUSE_IT)).isGreaterThan(NAMES / 10);
    }

    private void compare(String name) {
        Set<IDNA.Error> web = EnumSet.copyOf(LENGTHS);
        web.addAll(HYPHENS);
        compare(name, Idna.WEB, ICU_WEB, web);
        compare(name, Idna.STRICT, ICU_STD3, Set.of());
    }

    private void compare(String name, Idna ours, IDNA icu, Set<IDNA.Error> ignored) {
        String ascii = nameOrError(ours.toAscii(name));
        String icuAscii = icuAscii(name, icu, ignored);
        String unicode = nameOrError(ours.toUnicode(name));
        String icuUnicode = icuUnicode(name, icu, ignored);
        Verdict verdict = Verdict.DIFFERENT;
        if (ascii.equals(icuAscii) && unicode.equals(icuUnicode)) {
            verdict = ascii.isEmpty() ? Verdict.BOTH_REFUSE_IT : Verdict.BOTH_TAKE_IT;
        } else if (ours == Idna.STRICT && icuUnicode.endsWith(".")) {
            verdict = Verdict.DOT_AT_END;
        }
        seen.merge(verdict, 1, Integer::sum);
        if (verdict != Verdict.DIFFERENT) return;
        assertThat(ascii).as(codePoints(name)).isEqualTo(icuAscii);
        assertThat(unicode).as(codePoints(name)).isEqualTo(icuUnicode);
    }

    private static String nameOrError(IdnaResult result) {
        return result instanceof Domain(String name) ? "=" + name : "";
    }

    private static String icuAscii(String name, IDNA icu, Set<IDNA.Error> ignored) {
        var info = new IDNA.Info();
        var out = new StringBuilder();
        icu.nameToASCII(name, out, info);
        return ignored.containsAll(info.getErrors()) ? "=" + out : "";
    }

    private static String icuUnicode(String name, IDNA icu, Set<IDNA.Error> ignored) {
        var info = new IDNA.Info();
        var out = new StringBuilder();
        icu.nameToUnicode(name, out, info);
        // ICU looks at lengths here too, which is for ToASCII only.
        Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
        errors.addAll(info.getErrors());
        errors.removeAll(LENGTHS);
        return ignored.containsAll(errors) ? "=" + out : "";
    }

    private static String name(Random random) {
        var name = new StringBuilder();
        int labels = 1 + random.nextInt(3);
        for (int i = 0; i < labels; i++) {
            if (i > 0) {
                name.append(".。．".charAt(random.nextInt(3)));
            }
            String label = label(random);
            if (random.nextInt(4) > 0) name.append(label);
            else name.append("xn--").append(Punycode.encode(label));
        }
        return name.toString();
    }

    /// Characters of one kind mostly, as in words.
    private static String label(Random random) {
        var label = new StringBuilder();
        int kind = random.nextInt(7);
        int length = random.nextInt(9);
        for (int i = 0; i < length; i++) {
            label.appendCodePoint(character(random, random.nextInt(6) == 0 ? 6 : kind));
        }
        boolean supplementary = label.codePoints().anyMatch(Character::isSupplementaryCodePoint);
        return supplementary ? label.toString().replace('-', 'x') : label.toString();
    }

    private static int character(Random random, int kind) {
        return switch (kind) {
            case 0 -> "abcxyzABCß-0".codePointAt(random.nextInt(12));
            case 1 -> 0xc0 + random.nextInt(0x1c0);
            case 2 ->
                    random.nextInt(3) == 0
                            ? 0x300 + random.nextInt(0x50)
                            : 'a' + random.nextInt(26);
            case 3 -> 0x5d0 + random.nextInt(0x180);
            case 4 -> 0x900 + random.nextInt(0x100);
            case 5 -> 0x200c + random.nextInt(2);
            default -> INTERESTING[random.nextInt(INTERESTING.length)];
        };
    }

    private static String codePoints(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.append("U+%04X ".formatted(c)));
        return out.toString();
    }
}
