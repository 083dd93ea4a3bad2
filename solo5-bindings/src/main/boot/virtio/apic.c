/* SPDX-License-Identifier: Apache-2.0 */
#include "apic.h"

#include "port.h"

#define APIC 0xfee00000UL

enum {
    SPURIOUS = 0x0f0,
    TIMER = 0x320,
    LINE_0 = 0x350,
    LINE_1 = 0x360,
    TIMER_START = 0x380,
    TIMER_NOW = 0x390,
    TIMER_DIVISOR = 0x3e0,
    ENABLED = 0x100,
    MASKED = 0x10000,
    DIVISOR_16 = 3,
};

extern const char ring0_interrupt[], ring0_spurious[], ring0_halt[];

static volatile uint32_t *apic(unsigned at) {
    return (volatile uint32_t *)(APIC + at);
}

void apic_init(void) {
    out8(PIC_1 + 1, 0xff); /* the old controllers stay quiet */
    out8(PIC_2 + 1, 0xff);
    ring3_gate(TIMER_VECTOR, ring0_interrupt, false);
    ring3_gate(DEVICE_VECTOR, ring0_interrupt, false);
    ring3_gate(SPURIOUS_VECTOR, ring0_spurious, false);
    ring3_gate(HALT_VECTOR, ring0_halt, true);
    *apic(LINE_0) = MASKED;
    *apic(LINE_1) = MASKED;
    *apic(TIMER_DIVISOR) = DIVISOR_16;
    *apic(TIMER) = TIMER_VECTOR;
    *apic(SPURIOUS) = ENABLED | SPURIOUS_VECTOR;
}

void apic_timer(uint32_t ticks) {
    *apic(TIMER_START) = ticks;
}

uint32_t apic_timer_left(void) {
    return *apic(TIMER_NOW);
}
