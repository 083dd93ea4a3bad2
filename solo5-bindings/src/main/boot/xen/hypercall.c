/* SPDX-License-Identifier: Apache-2.0 */
#include "hypercall.h"

#include <cpuid.h>
#include <string.h>

extern const char hypercall_page[], ring0_hypercall[];

bool hypercall_init(void) {
    enum { FIRST = 0x40000000, LAST = 0x40010000, STEP = 0x100, PAGE_LEAF = 2 };
    for (unsigned leaf = FIRST; leaf < LAST; leaf += STEP) {
        unsigned most, name[3], msr, c, d;
        __cpuid(leaf, most, name[0], name[1], name[2]);
        if (memcmp(name, "XenVMMXenVMM", sizeof name) == 0 && most >= leaf + PAGE_LEAF) {
            __cpuid(leaf + PAGE_LEAF, most, msr, c, d);
            __asm__ volatile("wrmsr" : : "c"(msr), "a"((uint32_t)(uintptr_t)hypercall_page), "d"(0) : "memory");
            return true;
        }
    }
    return false;
}

void hypercall_gate_init(void) {
    ring3_gate(HYPERCALL_VECTOR, ring0_hypercall, true);
}
