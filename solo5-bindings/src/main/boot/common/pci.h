/* SPDX-License-Identifier: Apache-2.0 */
/* What drivers in Java stand on, where the board has a PCI bus. */
#ifndef PCI_H
#define PCI_H

#include <stdint.h>

int board_has_pci(void);

/* A word of the configuration of a function: bus << 8 | device << 3 | function, at a multiple of 4 below 256. */
uint32_t board_pci_read(uint32_t function, uint32_t at);
void board_pci_write(uint32_t function, uint32_t at, uint32_t value);

/* A handle is ready while its device has done more than its driver has seen. */
void board_watch(unsigned handle, const volatile uint16_t *done, const volatile uint16_t *seen);

#endif
