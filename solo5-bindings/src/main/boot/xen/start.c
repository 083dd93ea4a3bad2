/* SPDX-License-Identifier: Apache-2.0 */
/* Has Xen write its calls into the image in ring 0, and goes on in ring 3:

       0         1 MB                                       end - 1 MB    end         Xen's place
       | nothing | code, x | constants, r | data, heap, rw | guard | stack | ... | console, rw |     */
#include "events.h"
#include "hypercall.h"
#include "loader.h"
#include "pages.h"
#include "panic.h"
#include "pv_console.h"
#include "ring0.h"

extern char image_text_start[], image_text_end[], image_rodata_end[];

static struct loader loader;
static struct board board;
static bool has_information, has_memory;

static void map_memory(void) {
    const struct region regions[] = {
        {(uintptr_t)image_text_start, (uintptr_t)image_text_end, ACCESS_EXECUTE},
        {(uintptr_t)image_text_end, (uintptr_t)image_rodata_end, ACCESS_READ},
        {(uintptr_t)image_rodata_end, board.memory_end, ACCESS_WRITE},
        {board.stack_start, board.stack_end, ACCESS_WRITE},
        {console_page(), console_page() + (console_page() == 0 ? 0 : PAGE_OCTETS), ACCESS_WRITE},
    };
    map_regions(regions, sizeof regions / sizeof regions[0]);
}

static void run(void *argument) {
    (void)argument;
    ring3_begin(NULL, 0);
    hypercall_gate_init();
    bool shares = events_init();
    console_init();
    if (!shares || !has_information) {
        panic("Xen gave no start information of PVH, or does not share its page");
    }
    if (!has_memory) {
        panic("no memory is left behind the image; give the guest more");
    }
    map_memory();
    boot(&board);
}

_Noreturn void loaded(uint32_t eax, uint32_t ebx) {
    (void)eax;
    if (!hypercall_init()) {
        for (;;) {
            __asm__ volatile("cli; hlt"); /* no Xen, and nobody to tell */
        }
    }
    has_information = loader_read_pvh(&loader, ebx);
    has_memory = loader_board(&loader, &board);
    ring0_leave(run, NULL, has_memory ? board.stack_end : (uintptr_t)pvh_stack_end);
}
