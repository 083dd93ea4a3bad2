/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves ring 0 as soon as it knows the stack, and maps memory from ring 3:

       0        0x10000        0x100000                                  end - 1 MB    end       ring
       | nothing | boot info, r | code, x | constants, r | data, heap, rw | guard | stack | ... | rw |     */
#include "board.h"
#include "given.h"
#include "hypercall.h"
#include "pages.h"
#include "panic.h"
#include "ring0.h"
#include "tender.h"

enum { STACK_OCTETS = 1 << 20, BOOT_INFORMATION = 0x10000, RING_OCTETS = 0xd000 /* struct ring, in pages */ };

#define FOUR_GIGABYTES (1UL << 32)

extern char image_text_start[], image_text_end[], image_rodata_end[], image_end[];

const struct tender *tender;
static struct board board;

static void map_memory(void) {
    bool ring = tender->host_features & FEATURE_RING;
    const struct region regions[] = {
        {BOOT_INFORMATION, (uintptr_t)image_text_start, ACCESS_READ},
        {(uintptr_t)image_text_start, (uintptr_t)image_text_end, ACCESS_EXECUTE},
        {(uintptr_t)image_text_end, (uintptr_t)image_rodata_end, ACCESS_READ},
        {(uintptr_t)image_rodata_end, board.memory_end, ACCESS_WRITE},
        {board.stack_start, board.stack_end, ACCESS_WRITE},
        {tender->ring, tender->ring + (ring ? RING_OCTETS : 0), ACCESS_WRITE},
    };
    map_regions(regions, sizeof regions / sizeof regions[0]);
}

static const char *fault_of_tender(uintptr_t stack_pointer) {
    const struct given given = {tender->memory_octets, stack_pointer, tender->command_line, tender->manifest};
    if (tender->memory_octets > FOUR_GIGABYTES) {
        return "boot information: more than 4 GB of memory";
    }
    if (tender->ticks_per_second == 0) {
        return "boot information: a clock without ticks";
    }
    if ((tender->host_features & FEATURE_RING) && (tender->ring < tender->memory_octets || tender->ring % PAGE_OCTETS != 0 ||
                                                   tender->ring > FOUR_GIGABYTES - RING_OCTETS)) {
        return "boot information: the network ring is not behind the memory";
    }
    return given_fault(&given);
}

static void run(void *stack_pointer) {
    static const uint16_t ports[] = {HYPERCALL_PORT, HYPERCALL_PORT + 8, KICK_PORT};
    ring3_begin(ports, sizeof ports / sizeof ports[0]);
    const char *fault = fault_of_tender((uintptr_t)stack_pointer);
    if (fault != NULL) {
        panic(fault);
    }
    board.stack_end = tender->memory_octets & -PAGE_OCTETS;
    board.stack_start = board.stack_end - STACK_OCTETS;
    board.memory_start = (uintptr_t)image_end;
    board.memory_end = board.stack_start - PAGE_OCTETS;
    board.memory_is_zero = true;
    board.command_line = tender->command_line;
    board.manifest = tender->manifest;
    map_memory();
    boot(&board);
}

_Noreturn void hvt_start(const struct tender *handed_over, uintptr_t stack_pointer) {
    tender = handed_over;
    ring0_leave(run, (void *)stack_pointer, stack_pointer);
}
