// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The packets of a capture file, pcap or pcapng, of either byte order. What is cut off at the end
/// of the file is left out.
record Capture(List<Record> records) {
    /// @param linkType the DLT number
    record Record(int linkType, Cstruct octets) {}

    private static final int PCAPNG = 0x0a0d0d0a;

    static Capture read(Path file) throws IOException {
        Cstruct all = Cstruct.of(Files.readAllBytes(file));
        List<Record> records = new ArrayList<>();
        if (all.u32be(0) == PCAPNG) {
            readBlocks(all, records);
        } else {
            readPcap(all, records);
        }
        return new Capture(List.copyOf(records));
    }

    private static void readPcap(Cstruct all, List<Record> records) {
        int magic = all.u32le(0);
        boolean little = magic == 0xa1b2c3d4 || magic == 0xa1b23c4d;
        int linkType = u32(all, 20, little) & 0xffff;
        int at = 24;
        while (at + 16 <= all.length()) {
            int captured = u32(all, at + 8, little);
            at += 16;
            if (captured < 0 || at + captured > all.length()) return;
            records.add(new Record(linkType, all.sub(at, captured)));
            at += captured;
        }
    }

    private static void readBlocks(Cstruct all, List<Record> records) {
        boolean little = true;
        List<Integer> linkTypes = new ArrayList<>();
        int at = 0;
        while (at + 12 <= all.length()) {
            if (all.u32be(at) == PCAPNG) {
                little = all.u32le(at + 8) == 0x1a2b3c4d;
                linkTypes.clear();
            }
            int type = u32(all, at, little);
            int length = u32(all, at + 4, little);
            if (length < 12 || at + length > all.length()) return;
            if (type == 1) {
                linkTypes.add(u32(all, at + 8, little) & 0xffff);
            } else if (type == 6) {
                int captured = u32(all, at + 20, little);
                int linkType = linkTypes.get(u32(all, at + 8, little));
                records.add(new Record(linkType, all.sub(at + 28, captured)));
            }
            at += length;
        }
    }

    private static int u32(Cstruct all, int off, boolean little) {
        return little ? all.u32le(off) : all.u32be(off);
    }
}
