// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// ISO-2022-JP (Encoding Standard, 12.2.2), which switches between character sets by escape
/// sequences.
final class Iso2022JpEncoder implements LegacyEncoder {
    private enum State {
        ASCII('(', 'B'),
        ROMAN('(', 'J'),
        JIS0208('$', 'B');

        private final char intermediate;
        private final char last;

        State(char intermediate, char last) {
            this.intermediate = intermediate;
            this.last = last;
        }
    }

    private static final int REPLACEMENT = 0xfffd;

    /// What halfwidth katakana are written as.
    private static final String FULLWIDTH =
            "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ" + "ハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    private final CharacterIndex index;
    private State state = State.ASCII;

    Iso2022JpEncoder(CharacterIndex index) {
        this.index = index;
    }

    @Override
    public LegacyEncoder forText() {
        return new Iso2022JpEncoder(index);
    }

    @Override
    public int encode(int c, Octets out) {
        boolean shift = c == 0x0e || c == 0x0f || c == 0x1b;
        // Not the code point itself, so that nobody can smuggle an escape sequence in.
        if (shift && state != State.JIS0208) return REPLACEMENT;
        if (c < 0x80) {
            boolean inRoman = state == State.ROMAN && c != '\\' && c != '~';
            if (!inRoman) {
                switchTo(State.ASCII, out);
            }
            if (shift) return REPLACEMENT;
            out.add(c);
        } else if (c == JapaneseEncoder.YEN || c == JapaneseEncoder.OVERLINE) {
            switchTo(State.ROMAN, out);
            out.add(c == JapaneseEncoder.YEN ? '\\' : '~');
        } else {
            int wide =
                    JapaneseEncoder.isHalfwidth(c)
                            ? FULLWIDTH.charAt(c - JapaneseEncoder.FIRST_HALFWIDTH)
                            : c;
            int pointer = JapaneseEncoder.pointer(index, wide);
            if (pointer == CharacterIndex.NONE) {
                if (state == State.JIS0208) {
                    switchTo(State.ASCII, out);
                }
                return wide;
            }
            switchTo(State.JIS0208, out);
            out.add(pointer / 94 + 0x21, pointer % 94 + 0x21);
        }
        return ENCODED;
    }

    @Override
    public void finish(Octets out) {
        switchTo(State.ASCII, out);
    }

    private void switchTo(State next, Octets out) {
        if (state == next) return;
        state = next;
        out.add(0x1b);
        out.add(next.intermediate, next.last);
    }
}
