// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

/// What a guest finds in its first 64 KiB: descriptors of its segments and its page tables.
///
/// ```
///  0x0000  nothing: a null pointer faults
///  0x1000  GDT: null, code (selector 8), data (selector 0x10)
///  0x2000  PML4, one entry
///  0x3000  PDPT, four entries
///  0x4000  four page directories: 2 MiB pages, but for the first entry
///  0x8000  page table of the first 2 MiB: below 0x10000 nothing, below 0x100000 read only
/// ```
final class LowMemory {
    static final long GDT = 0x1000;
    static final int GDT_LIMIT = 3 * 8 - 1;
    static final long PML4 = 0x2000;

    private static final long PDPT = 0x3000;
    private static final long DIRECTORIES = 0x4000;
    private static final long FIRST_TABLE = 0x8000;

    private static final long PAGE_OCTETS = 0x1000;
    static final long LARGE_PAGE_OCTETS = 0x200000;
    private static final int DIRECTORY_COUNT = 4;

    private static final long FIRST_MAPPED = BootInfo.ADDRESS;
    private static final long FIRST_WRITABLE = 0x100000;

    private static final long PRESENT = 1;
    private static final long WRITABLE = 2;
    private static final long LARGE = 0x80;

    // Base 0, limit 4 GiB in pages, accessed; code: execute only, 64 bit; data: read and write.
    private static final long CODE_DESCRIPTOR = 0x00af_9900_0000_ffffL;
    private static final long DATA_DESCRIPTOR = 0x00cf_9300_0000_ffffL;

    static void write(GuestMemory memory) {
        memory.putLong(GDT + 8, CODE_DESCRIPTOR);
        memory.putLong(GDT + 16, DATA_DESCRIPTOR);

        memory.putLong(PML4, PDPT | PRESENT | WRITABLE);
        for (int i = 0; i < DIRECTORY_COUNT; i++) {
            memory.putLong(PDPT + 8L * i, DIRECTORIES + PAGE_OCTETS * i | PRESENT | WRITABLE);
        }
        memory.putLong(DIRECTORIES, FIRST_TABLE | PRESENT | WRITABLE);
        for (long page = FIRST_MAPPED; page < LARGE_PAGE_OCTETS; page += PAGE_OCTETS) {
            long rights = page < FIRST_WRITABLE ? PRESENT : PRESENT | WRITABLE;
            memory.putLong(FIRST_TABLE + 8 * (page / PAGE_OCTETS), page | rights);
        }
        for (long page = LARGE_PAGE_OCTETS; page < memory.octets(); page += LARGE_PAGE_OCTETS) {
            memory.putLong(
                    DIRECTORIES + 8 * (page / LARGE_PAGE_OCTETS),
                    page | PRESENT | WRITABLE | LARGE);
        }
    }

    private LowMemory() {}
}
