// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.cstruct.CstructWriter;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// The tables of [Format], from what the blob has.
final class IndexWriter {
    private final List<BlobWriter.BodyRow> bodies;
    private final Map<String, Integer> types;

    /// By path, in the order of characters.
    private final List<BlobWriter.Entry> sorted;

    private final CstructWriter names = CstructWriter.growable(1 << 12, Integer.MAX_VALUE - 64);
    private int slots;
    private int seed;

    IndexWriter(
            List<BlobWriter.BodyRow> bodies,
            Map<String, Integer> types,
            List<BlobWriter.Entry> sorted) {
        this.bodies = bodies;
        this.types = types;
        this.sorted = sorted;
    }

    ReadOnlyCstruct write() {
        Map<Integer, List<Integer>> chains = chains();
        slots = chains.size();
        int[] hashes = chains.keySet().stream().mapToInt(Integer::intValue).toArray();
        PerfectHash perfect = PerfectHash.of(hashes);
        seed = perfect.seed;
        int[] placeOf = new int[sorted.size()];
        int[] entryAt = new int[sorted.size()];
        int[] nextOf = new int[sorted.size()];
        number(chains, perfect, placeOf, entryAt, nextOf);

        CstructWriter index = CstructWriter.growable(1 << 16, Integer.MAX_VALUE - 64);
        Map<String, Integer> typeAt = new LinkedHashMap<>();
        types.keySet().forEach(type -> typeAt.put(type, typeAt.size()));
        for (int number = 0; number < entryAt.length; number++) {
            append(index, sorted.get(entryAt[number]), nextOf[number], typeAt);
        }
        for (int displacement : perfect.displacements) {
            index.appendU32le(displacement);
        }
        for (int number : placeOf) {
            index.appendU32le(number);
        }
        for (BlobWriter.BodyRow body : bodies) {
            index.appendU32le(body.at());
            index.appendU32le(body.length());
            index.append(body.digest());
        }
        for (String type : typeAt.keySet()) {
            index.appendU32le(names.length());
            index.appendU32le(appendName(type));
        }
        index.append(names.peek());
        return index.written();
    }

    /// By hash: the places in [#sorted] of the paths that have it, in order of their first.
    private Map<Integer, List<Integer>> chains() {
        Map<Integer, List<Integer>> chains = new LinkedHashMap<>();
        for (int place = 0; place < sorted.size(); place++) {
            int hash = sorted.get(place).path().hashCode();
            chains.computeIfAbsent(hash, _ -> new ArrayList<>(1)).add(place);
        }
        return chains;
    }

    /// Each path gets a number: the first of a hash that of its slot, the others those behind all
    /// slots, so that a chain always goes upwards.
    private void number(
            Map<Integer, List<Integer>> chains,
            PerfectHash perfect,
            int[] placeOf,
            int[] entryAt,
            int[] nextOf) {
        int free = slots;
        for (var chain : chains.entrySet()) {
            int number = perfect.slotOf(chain.getKey(), slots);
            int last = -1;
            for (int place : chain.getValue()) {
                if (last >= 0) {
                    number = free++;
                    nextOf[last] = number + 1;
                }
                placeOf[place] = number;
                entryAt[number] = place;
                last = number;
            }
        }
    }

    private void append(
            CstructWriter index, BlobWriter.Entry entry, int next, Map<String, Integer> typeAt) {
        BlobWriter.Content content = entry.content();
        index.appendU32le(entry.path().hashCode());
        index.appendU32le(next);
        index.appendU32le(names.length());
        index.appendU32le(appendName(entry.path()));
        index.appendU64le(content.lastModified().toEpochMilli());
        index.appendU32le(content.body());
        index.appendU32le(content.gzip() + 1);
        index.appendU32le(content.brotli() + 1);
        index.appendU32le(typeAt.getOrDefault(content.mediaType(), 0));
        index.appendU64le(0);
    }

    /// How many octets it takes.
    private int appendName(String name) {
        int before = names.length();
        names.appendText(name, StandardCharsets.UTF_8);
        return names.length() - before;
    }

    ReadOnlyCstruct footer(int indexAt, ReadOnlyCstruct index) {
        CstructWriter footer = CstructWriter.growable(Format.FOOTER, Format.FOOTER);
        footer.appendU64le(Format.MAGIC);
        footer.appendU32le(indexAt);
        footer.appendU32le(index.length());
        footer.appendU32le(crc(index));
        footer.appendU32le(sorted.size());
        footer.appendU32le(slots);
        footer.appendU32le(bodies.size());
        footer.appendU32le(types.size());
        footer.appendU32le(names.length());
        footer.appendU32le(seed);
        while (footer.length() < Format.F_CRC) {
            footer.appendU32le(0);
        }
        footer.appendU32le(crc(footer.peek()));
        return footer.written();
    }

    private static int crc(ReadOnlyCstruct octets) {
        CRC32 crc = new CRC32();
        crc.update(octets.asByteBuffer());
        return (int) crc.getValue();
    }
}
