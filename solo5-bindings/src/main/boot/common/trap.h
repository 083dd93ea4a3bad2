/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TRAP_H
#define TRAP_H

#include <stdint.h>

/* The processor's state at a trap, as ring0.S pushes it. */
struct trap {
    uint64_t address; /* CR2: what a page fault could not reach */
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t vector, error, rip, cs, flags, rsp, ss;
};

/* Says what happened, where, and in which method of Java, and aborts. On its own stack. */
_Noreturn void trap_report(const struct trap *trap);

#endif
