// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Words for numbers of 16 bits, found in any case and without an allocation.
final class Mnemonics {
    /// Takes one word and its number.
    @FunctionalInterface
    interface Entry {
        void is(String word, int number);
    }

    /// Lists all words and numbers.
    @FunctionalInterface
    interface Source {
        void each(Entry entry);
    }

    static final Mnemonics TYPES = new Mnemonics("TYPE", RrType::each);
    static final Mnemonics CLASSES =
            new Mnemonics(
                    "CLASS",
                    e -> {
                        e.is("IN", RrClass.IN);
                        e.is("CH", RrClass.CH);
                        e.is("HS", RrClass.HS);
                        e.is("NONE", RrClass.NONE);
                        e.is("ANY", RrClass.ANY);
                    });

    /// RFC 4034, appendix A.1, and what the registry has added since.
    static final Mnemonics ALGORITHMS =
            new Mnemonics(
                    "",
                    e -> {
                        e.is("DELETE", 0);
                        e.is("RSAMD5", 1);
                        e.is("DH", 2);
                        e.is("DSA", 3);
                        e.is("ECC", 4);
                        e.is("RSASHA1", 5);
                        e.is("DSA-NSEC3-SHA1", 6);
                        e.is("DSANSEC3SHA1", 6);
                        e.is("NSEC3DSA", 6);
                        e.is("RSASHA1-NSEC3-SHA1", 7);
                        e.is("RSASHA1NSEC3SHA1", 7);
                        e.is("NSEC3RSASHA1", 7);
                        e.is("RSASHA256", 8);
                        e.is("RSASHA512", 10);
                        e.is("ECC-GOST", 12);
                        e.is("ECCGOST", 12);
                        e.is("ECDSAP256SHA256", 13);
                        e.is("ECDSAP384SHA384", 14);
                        e.is("ED25519", 15);
                        e.is("ED448", 16);
                        e.is("SM2SM3", 17);
                        e.is("ECC-GOST12", 23);
                        e.is("INDIRECT", 252);
                        e.is("PRIVATEDNS", 253);
                        e.is("PRIVATEOID", 254);
                    });

    /// RFC 4398, 2.1.
    static final Mnemonics CERTIFICATES =
            new Mnemonics(
                    "",
                    e -> {
                        e.is("PKIX", 1);
                        e.is("SPKI", 2);
                        e.is("PGP", 3);
                        e.is("IPKIX", 4);
                        e.is("ISPKI", 5);
                        e.is("IPGP", 6);
                        e.is("ACPKIX", 7);
                        e.is("IACPKIX", 8);
                        e.is("URI", 253);
                        e.is("OID", 254);
                    });

    /// RFC 9859, 2.2.
    static final Mnemonics DSYNC_SCHEMES = new Mnemonics("", e -> e.is("NOTIFY", 1));

    static final Mnemonics RCODES = new Mnemonics("", Rcode::each);

    static final Mnemonics PROTOCOLS =
            new Mnemonics("", e -> AssignedNumbers.each(AssignedNumbers.PROTOCOLS, e));

    static final Mnemonics SERVICES =
            new Mnemonics("", e -> AssignedNumbers.each(AssignedNumbers.PORTS, e));

    /// RFC 2535, 7.1: the flags of KEY.
    static final Mnemonics KEY_FLAGS =
            new Mnemonics(
                    "",
                    e -> {
                        e.is("NOCONF", 0x4000);
                        e.is("NOAUTH", 0x8000);
                        e.is("NOKEY", 0xc000);
                        e.is("FLAG2", 0x2000);
                        e.is("EXTEND", 0x1000);
                        e.is("FLAG4", 0x0800);
                        e.is("FLAG5", 0x0400);
                        e.is("USER", 0x0000);
                        e.is("ZONE", 0x0100);
                        e.is("HOST", 0x0200);
                        e.is("NTYP3", 0x0300);
                        e.is("FLAG8", 0x0080);
                        e.is("FLAG9", 0x0040);
                        e.is("FLAG10", 0x0020);
                        e.is("FLAG11", 0x0010);
                        for (int i = 0; i < 16; i++) e.is("SIG" + i, i);
                    });

    /// RFC 2535, 7.1: the protocols of KEY.
    static final Mnemonics KEY_PROTOCOLS =
            new Mnemonics(
                    "",
                    e -> {
                        e.is("NONE", 0);
                        e.is("TLS", 1);
                        e.is("EMAIL", 2);
                        e.is("DNSSEC", 3);
                        e.is("IPSEC", 4);
                        e.is("ALL", 255);
                    });

    private static final int SLOTS = 1024;

    private final String generic;
    private final Map<Integer, String> words = new HashMap<>();
    private final byte[][] texts = new byte[SLOTS][];
    private final int[] numbers = new int[SLOTS];

    /// @param generic what stands before a number without a word: `TYPE`, or nothing
    private Mnemonics(String generic, Source source) {
        this.generic = generic;
        source.each(
                (word, number) -> {
                    words.putIfAbsent(number, word);
                    byte[] text = word.getBytes(StandardCharsets.US_ASCII);
                    int slot = hash(text, 0, text.length);
                    while (texts[slot] != null) slot = (slot + 1) % SLOTS;
                    texts[slot] = text;
                    numbers[slot] = number;
                });
    }

    @Nullable String name(int number) {
        return words.get(number);
    }

    int find(String word) {
        byte[] text = word.getBytes(StandardCharsets.UTF_8);
        return find(text, 0, text.length);
    }

    /// The number that `text[start..end)` is the word of, or -1.
    int find(byte[] text, int start, int end) {
        for (int slot = hash(text, start, end); texts[slot] != null; slot = (slot + 1) % SLOTS) {
            if (same(texts[slot], text, start, end)) return numbers[slot];
        }
        return generic.isEmpty() ? -1 : numbered(text, start, end);
    }

    private int numbered(byte[] text, int start, int end) {
        int digits = start + generic.length();
        if (end <= digits || end - digits > 5) return -1;
        for (int i = 0; i < generic.length(); i++) {
            if (upper(text[start + i]) != generic.charAt(i)) return -1;
        }
        int number = 0;
        for (int i = digits; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') return -1;
            number = number * 10 + text[i] - '0';
        }
        return number <= 0xffff ? number : -1;
    }

    private static boolean same(byte @Nullable [] word, byte[] text, int start, int end) {
        if (word == null || word.length != end - start) return false;
        for (int i = 0; i < word.length; i++) {
            if (word[i] != upper(text[start + i])) return false;
        }
        return true;
    }

    private static int hash(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) hash = hash * 31 + upper(text[i]);
        return (hash ^ hash >>> 9) & SLOTS - 1;
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 0x20 : c;
    }
}
