/* SPDX-License-Identifier: Apache-2.0 */
/* What a board without a PCI bus says; one that has it defines these itself. */
#include "pci.h"

__attribute__((weak)) int board_has_pci(void) {
    return 0;
}

__attribute__((weak)) uint32_t board_pci_read(uint32_t function, uint32_t at) {
    (void)function, (void)at;
    return UINT32_MAX;
}

__attribute__((weak)) void board_pci_write(uint32_t function, uint32_t at, uint32_t value) {
    (void)function, (void)at, (void)value;
}

__attribute__((weak)) void board_watch(unsigned handle, const volatile uint16_t *done, const volatile uint16_t *seen) {
    (void)handle, (void)done, (void)seen;
}
