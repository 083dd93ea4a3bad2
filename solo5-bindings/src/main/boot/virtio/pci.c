/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration of PCI devices, for the drivers in Java, and how those are woken: each has a device's count of requests
   done, and its own count of those it has seen. */
#include "board.h"
#include "pci.h"
#include "port.h"
#include "watch.h"

enum { HANDLES = 64 };

static struct watch {
    const volatile uint16_t *done, *seen;
} watches[HANDLES];

int board_has_pci(void) {
    return 1;
}

uint32_t board_pci_read(uint32_t function, uint32_t at) {
    out32(PCI, 1U << 31 | function << 8 | (at & 0xfc));
    return in32(PCI + 4);
}

void board_pci_write(uint32_t function, uint32_t at, uint32_t value) {
    out32(PCI, 1U << 31 | function << 8 | (at & 0xfc));
    out32(PCI + 4, value);
}

void board_watch(unsigned handle, const volatile uint16_t *done, const volatile uint16_t *seen) {
    if (handle < HANDLES) {
        watches[handle] = (struct watch){done, seen};
    }
}

uint64_t watch_ready(void) {
    uint64_t ready = 0;
    for (unsigned handle = 0; handle < HANDLES; handle++) {
        if (watches[handle].done != NULL && *watches[handle].done != *watches[handle].seen) {
            ready |= 1UL << handle;
        }
    }
    return ready;
}
