/* SPDX-License-Identifier: Apache-2.0 */
/* I/O ports, and which of them the target uses. */
#ifndef PORT_H
#define PORT_H

#include <stdint.h>

enum {
    PIC_1 = 0x20,
    PIC_2 = 0xa0,
    PIT = 0x40,
    KEYBOARD = 0x60, /* and the gate of the third counter */
    RTC = 0x70,
    SERIAL = 0x3f8,
    DEBUG_EXIT = 0x501,
    POWER = 0x604, /* QEMU's, of both machines */
    PCI = 0xcf8,
};

static inline void out8(uint16_t port, uint8_t value) {
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void out16(uint16_t port, uint16_t value) {
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void out32(uint16_t port, uint32_t value) {
    __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline uint8_t in8(uint16_t port) {
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

static inline uint32_t in32(uint16_t port) {
    uint32_t value;
    __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

#endif
