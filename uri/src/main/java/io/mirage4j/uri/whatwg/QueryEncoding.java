// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.Optional;

/// An encoding that queries of a legacy document are written in, by the Encoding Standard. All but
/// UTF-8 are for pages of old: a character that the encoding lacks becomes `&#…;`, escaped.
///
/// The big tables are those of the JDK, corrected where the standard differs. Making one for an
/// East Asian encoding takes milliseconds, so keep it. Immutable.
public final class QueryEncoding {
    public static final QueryEncoding UTF_8 = new QueryEncoding("UTF-8", null);

    /// The names of the encodings, each followed by the other labels that mean it.
    private static final String LABELS =
            """
            UTF-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8
            IBM866 866 cp866 csibm866
            ISO-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
            ISO-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
            ISO-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
            ISO-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 \
            iso_8859-5:1988
            ISO-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 \
            iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
            ISO-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 \
            iso_8859-7 iso_8859-7:1987 sun_eu_greek
            ISO-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 \
            iso88598 iso_8859-8 iso_8859-8:1988 visual
            ISO-8859-8-I csiso88598i logical
            ISO-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6
            ISO-8859-13 iso8859-13 iso885913
            ISO-8859-14 iso8859-14 iso885914
            ISO-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9
            ISO-8859-16
            KOI8-R cskoi8r koi koi8 koi8_r
            KOI8-U koi8-ru
            macintosh csmacintosh mac x-mac-roman
            windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
            windows-1250 cp1250 x-cp1250
            windows-1251 cp1251 x-cp1251
            windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 \
            iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252
            windows-1253 cp1253 x-cp1253
            windows-1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 \
            iso_8859-9:1989 l5 latin5 x-cp1254
            windows-1255 cp1255 x-cp1255
            windows-1256 cp1256 x-cp1256
            windows-1257 cp1257 x-cp1257
            windows-1258 cp1258 x-cp1258
            x-mac-cyrillic x-mac-ukrainian
            GBK chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk
            gb18030
            Big5 big5-hkscs cn-big5 csbig5 x-x-big5
            EUC-JP cseucpkdfmtjapanese x-euc-jp
            ISO-2022-JP csiso2022jp
            Shift_JIS csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis
            EUC-KR cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 \
            ksc_5601 windows-949
            replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr
            UTF-16BE unicodefffe
            UTF-16LE csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16
            x-user-defined
            """;

    private static final String UPPER_HALF_OF_ISO_8859_10 =
            "\u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞß"
                    + "āáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";
    private static final String UPPER_HALF_OF_ISO_8859_14 =
            "\u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶß"
                    + "àáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";

    private final String name;
    private final @Nullable LegacyEncoder encoder; // null: UTF-8

    private QueryEncoding(String name, @Nullable LegacyEncoder encoder) {
        this.name = name;
        this.encoder = encoder;
    }

    /// The encoding that a document calls by this label, in whatever case and with white space
    /// around; UTF-8 for those that nobody may write queries in. Empty for an unknown label, and
    /// for an encoding whose table this Java runtime lacks (many are in its `jdk.charsets`).
    public static Optional<QueryEncoding> forLabel(String label) {
        String wanted = UrlCharacters.lowercase(stripAsciiSpace(label));
        boolean oneWord = !wanted.isEmpty() && wanted.chars().noneMatch(c -> c <= ' ');
        String name = oneWord ? nameOf(wanted) : null;
        return name == null ? Optional.empty() : named(name);
    }

    /// The first word of the line that has this word, in whatever case.
    private static @Nullable String nameOf(String label) {
        return LABELS.lines()
                .filter(
                        line ->
                                (" " + UrlCharacters.lowercase(line) + " ")
                                        .contains(" " + label + " "))
                .map(line -> line.substring(0, (line + " ").indexOf(' ')))
                .findFirst()
                .orElse(null);
    }

    private static Optional<QueryEncoding> named(String name) {
        return switch (name) {
            case "UTF-8", "replacement", "UTF-16BE", "UTF-16LE" -> Optional.of(UTF_8);
            case "ISO-8859-10" -> of(name, SingleByteEncoder.of(UPPER_HALF_OF_ISO_8859_10));
            case "ISO-8859-14" -> of(name, SingleByteEncoder.of(UPPER_HALF_OF_ISO_8859_14));
            case "x-user-defined" -> of(name, SingleByteEncoder.userDefined());
            default -> {
                String charset = charsetName(name);
                yield Charset.isSupported(charset)
                        ? of(name, encoder(name, Charset.forName(charset)))
                        : Optional.empty();
            }
        };
    }

    /// Where the JDK has the table of an encoding.
    private static String charsetName(String name) {
        return switch (name) {
            case "ISO-8859-8-I" -> "ISO-8859-8";
            case "macintosh" -> "x-MacRoman";
            case "windows-874" -> "x-windows-874";
            case "x-mac-cyrillic" -> "x-MacUkraine";
            case "GBK" -> "GB18030";
            case "Big5" -> "Big5-HKSCS";
            case "EUC-JP", "ISO-2022-JP", "Shift_JIS" -> "windows-31j";
            case "EUC-KR" -> "x-windows-949";
            default -> name;
        };
    }

    private static LegacyEncoder encoder(String name, Charset charset) {
        return switch (name) {
            case "GBK" -> ChineseEncoder.gb18030(charset, true);
            case "gb18030" -> ChineseEncoder.gb18030(charset, false);
            case "Big5" -> ChineseEncoder.big5(charset);
            case "EUC-JP" -> JapaneseEncoder.eucJp(JapaneseEncoder.index(charset));
            case "ISO-2022-JP" -> new Iso2022JpEncoder(JapaneseEncoder.index(charset));
            case "Shift_JIS" -> JapaneseEncoder.shiftJis(JapaneseEncoder.index(charset));
            case "EUC-KR" -> KoreanEncoder.eucKr(charset);
            case "KOI8-U" -> SingleByteEncoder.of(charset, false, '\u00ae', 'ў', '\u00be', 'Ў');
            case "x-mac-cyrillic" -> SingleByteEncoder.of(charset, false, '\u00ff', '\u20ac');
            case "windows-1255" -> SingleByteEncoder.of(charset, true, '\u00ca', '\u05ba');
            default -> SingleByteEncoder.of(charset, name.startsWith("windows-"));
        };
    }

    private static Optional<QueryEncoding> of(String name, LegacyEncoder encoder) {
        return Optional.of(new QueryEncoding(name, encoder));
    }

    private static String stripAsciiSpace(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isAsciiSpace(text.charAt(from))) from++;
        while (from < to && isAsciiSpace(text.charAt(to - 1))) to--;
        return text.substring(from, to);
    }

    private static boolean isAsciiSpace(char c) {
        return UrlCharacters.isTabOrNewline(c) || c == '\f' || c == ' ';
    }

    /// The name that the Encoding Standard gives it.
    public String name() {
        return name;
    }

    /// "Percent-encode after encoding" (URL Standard, 1.3), onto the end of `out`.
    void append(StringBuilder out, String text, PercentSet plain) {
        if (encoder == null) PercentEncoder.append(out, text, 0, text.length(), plain);
        else append(out, text, plain, encoder.forText(), false);
    }

    /// The same for forms, where a space becomes a `+`.
    void appendForm(StringBuilder out, String text) {
        if (encoder != null) {
            append(out, text, PercentEncodeSets.FORM, encoder.forText(), true);
            return;
        }
        int from = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', from)) {
            PercentEncoder.append(out, text, from, space, PercentEncodeSets.FORM);
            out.append('+');
            from = space + 1;
        }
        PercentEncoder.append(out, text, from, text.length(), PercentEncodeSets.FORM);
    }

    private static void append(
            StringBuilder out,
            String text,
            PercentSet plain,
            LegacyEncoder encoder,
            boolean spaceAsPlus) {
        var octets = new LegacyEncoder.Octets();
        for (int i = 0; i < text.length(); ) {
            int c = PercentEncoder.codePointAt(text, i, text.length());
            int missing = encoder.encode(c, octets);
            appendOctets(out, octets, plain, spaceAsPlus);
            if (missing != LegacyEncoder.ENCODED) {
                out.append("%26%23").append(missing).append("%3B");
            }
            i += Character.charCount(c);
        }
        encoder.finish(octets);
        appendOctets(out, octets, plain, spaceAsPlus);
    }

    private static void appendOctets(
            StringBuilder out, LegacyEncoder.Octets octets, PercentSet plain, boolean spaceAsPlus) {
        for (int i = 0; i < octets.count(); i++) {
            int octet = octets.get(i);
            if (spaceAsPlus && octet == ' ') out.append('+');
            else if (plain.contains(octet)) out.append((char) octet);
            else PercentEncoder.appendOctet(out, octet);
        }
        octets.clear();
    }

    @Override
    public String toString() {
        return name;
    }
}
