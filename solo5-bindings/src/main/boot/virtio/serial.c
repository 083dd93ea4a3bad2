/* SPDX-License-Identifier: Apache-2.0 */
/* The console: the first serial port, 115200 baud, eight bits. */
#include "serial.h"

#include "board.h"
#include "port.h"

enum { DATA, INTERRUPTS, FIFO, LINE, MODEM, STATUS };

void serial_init(void) {
    enum { DIVISOR = 0x80, EIGHT_BITS = 3, CLEAR_AND_ENABLE = 7, READY = 3 };
    out8(SERIAL + INTERRUPTS, 0);
    out8(SERIAL + LINE, DIVISOR);
    out8(SERIAL + DATA, 1);
    out8(SERIAL + INTERRUPTS, 0);
    out8(SERIAL + LINE, EIGHT_BITS);
    out8(SERIAL + FIFO, CLEAR_AND_ENABLE);
    out8(SERIAL + MODEM, READY);
}

void board_console_write(const char *text, size_t octets) {
    enum { EMPTY = 0x20, PATIENCE = 100000 }; /* a port that nobody reads does not stop the guest */
    for (size_t i = 0; i < octets; i++) {
        for (int tries = 0; tries < PATIENCE && !(in8(SERIAL + STATUS) & EMPTY); tries++) {
            __builtin_ia32_pause();
        }
        out8(SERIAL + DATA, (uint8_t)text[i]);
    }
}
