/* SPDX-License-Identifier: Apache-2.0 */
/* What ring 3 writes for ring 0: where traps go, on which stack, and which I/O ports are open. */
#include "ring0.h"
#include "trap.h"

enum {
    CODE_0 = 0x08,
    STUB_OCTETS = 16,
    TRAP_STACK_OCTETS = 4096,
    PORTS = 0x1000,
    FOR_RING_0 = 0x8e, /* an interrupt gate */
    FOR_RING_3 = 0xee, /* the same, but ring 3 may call it */
};

struct trap_gate {
    uint16_t offset_low, selector;
    uint8_t interrupt_stack, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

extern struct trap_gate ring0_idt[VECTORS];
extern const char ring0_stubs[], ring0_gate[];

static uint8_t trap_stack[TRAP_STACK_OCTETS] __attribute__((aligned(16)));

struct task {
    uint32_t reserved0;
    uint64_t stacks[3]; /* the first is taken on the way from ring 3 to ring 0 */
    uint64_t reserved1, interrupt_stacks[7], reserved2;
    uint16_t reserved3, ports_at;
    uint8_t closed_ports[PORTS / 8]; /* a bit for each */
    uint8_t end;                     /* all ones, as the processor wants it */
} __attribute__((packed));

_Static_assert(offsetof(struct task, closed_ports) == 104, "a TSS, as ring0.S says");

struct task ring0_tss = {
    .ports_at = offsetof(struct task, closed_ports),
    .closed_ports = {[0 ... PORTS / 8 - 1] = 0xff},
    .end = 0xff,
};

static struct trap_gate gate_to(uintptr_t code, uint8_t type) {
    return (struct trap_gate){
        .offset_low = (uint16_t)code,
        .offset_middle = (uint16_t)(code >> 16),
        .offset_high = (uint32_t)(code >> 32),
        .selector = CODE_0,
        .type = type,
    };
}

void ring3_begin(const uint16_t *ports, size_t count) {
    for (size_t i = 0; i < count; i++) {
        ring0_tss.closed_ports[ports[i] / 8] = 0;
    }
    ring0_tss.stacks[0] = (uintptr_t)trap_stack + sizeof trap_stack;
    for (unsigned vector = 0; vector < TRAPS; vector++) {
        ring0_idt[vector] = gate_to((uintptr_t)ring0_stubs + vector * STUB_OCTETS, FOR_RING_0);
    }
    ring0_idt[GATE] = gate_to((uintptr_t)ring0_gate, FOR_RING_3);
}

void ring3_gate(unsigned vector, const char *code, bool for_ring_3) {
    ring0_idt[vector] = gate_to((uintptr_t)code, for_ring_3 ? FOR_RING_3 : FOR_RING_0);
}
