/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what the loader says in ring 0, and goes on in ring 3:

       0         1 MB                                       end - 1 MB    end     2 GB or end    4 GB
       | nothing | code, x | constants, r | data, heap, rw | guard | stack | ... | devices, rw |     */
#include "apic.h"
#include "clock.h"
#include "loader.h"
#include "pages.h"
#include "panic.h"
#include "port.h"
#include "ring0.h"
#include "serial.h"

#define DEVICES 0x80000000UL /* where firmware begins to place them, unless there is memory */
#define DEVICES_END 0x100000000UL
#define LARGE_PAGE 0x200000UL

extern char image_text_start[], image_text_end[], image_rodata_end[];

static struct loader loader;
static struct board board;
static bool has_information, has_memory;

static void map_memory(void) {
    uintptr_t devices = (board.stack_end + LARGE_PAGE - 1) & -LARGE_PAGE;
    const struct region regions[] = {
        {(uintptr_t)image_text_start, (uintptr_t)image_text_end, ACCESS_EXECUTE},
        {(uintptr_t)image_text_end, (uintptr_t)image_rodata_end, ACCESS_READ},
        {(uintptr_t)image_rodata_end, board.memory_end, ACCESS_WRITE},
        {board.stack_start, board.stack_end, ACCESS_WRITE},
        {devices < DEVICES ? DEVICES : devices, DEVICES_END, ACCESS_WRITE | ACCESS_UNCACHED},
    };
    map_regions(regions, sizeof regions / sizeof regions[0]);
}

static void run(void *argument) {
    (void)argument;
    static const uint16_t ports[] = {PIC_1, PIC_2, PIT, KEYBOARD, RTC, SERIAL, DEBUG_EXIT, POWER, PCI};
    ring3_begin(ports, sizeof ports / sizeof ports[0]);
    serial_init();
    if (!has_information) {
        panic("the loader gave no boot information of multiboot or PVH");
    }
    if (!has_memory) {
        panic("no memory is left behind the image; give the guest more");
    }
    map_memory();
    apic_init();
    if (!clock_init()) {
        panic("no timer that counts (PIT), to measure the clock by");
    }
    boot(&board);
}

/* Multiboot's information, as much of it as is used. */
struct multiboot {
    uint32_t flags, lower_kilobytes, upper_kilobytes, boot_device, command_line;
};

static void read_multiboot(const struct multiboot *information) {
    enum { MEMORY = 1, COMMAND_LINE = 4 };
    if (information->flags & MEMORY) {
        loader_add_memory(&loader, 1 << 20, (uint64_t)information->upper_kilobytes << 10);
    }
    if (information->flags & COMMAND_LINE) {
        loader_set_command_line(&loader, information->command_line, true);
    }
}

_Noreturn void loaded(uint32_t eax, uint32_t ebx) {
    enum { BOOTED_BY_MULTIBOOT = 0x2badb002 };
    if (eax == BOOTED_BY_MULTIBOOT) {
        read_multiboot((const struct multiboot *)(uintptr_t)ebx);
        has_information = true;
    } else {
        has_information = loader_read_pvh(&loader, ebx);
    }
    has_memory = loader_board(&loader, &board);
    ring0_leave(run, NULL, has_memory ? board.stack_end : (uintptr_t)pvh_stack_end);
}
