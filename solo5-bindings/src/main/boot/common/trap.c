/* SPDX-License-Identifier: Apache-2.0 */
#include "trap.h"

#include <stddef.h>

#include "board.h"
#include "boot.h"
#include "console.h"
#include "pages.h"
#include "threads.h"

static const char *name_of(uint64_t vector) {
    static const char *const names[] = {
        [0] = "division by zero",
        [1] = "debug trap",
        [3] = "breakpoint",
        [4] = "overflow",
        [6] = "invalid instruction",
        [7] = "no floating point",
        [8] = "double fault",
        [10] = "invalid task",
        [11] = "segment not there",
        [12] = "stack fault",
        [13] = "protection fault",
        [14] = "page fault",
        [16] = "floating point error",
        [17] = "misaligned access",
        [18] = "machine check",
        [19] = "vector floating point error",
    };
    const char *name = vector < sizeof names / sizeof names[0] ? names[vector] : NULL;
    return name == NULL ? "trap" : name;
}

static void print_access(const struct trap *trap) {
    enum { PAGE_FAULT = 14, ON_WRITE = 2, ON_FETCH = 16 };
    if (trap->vector != PAGE_FAULT) {
        return;
    }
    print(trap->error & ON_FETCH ? ", executing " : trap->error & ON_WRITE ? ", writing " : ", reading ");
    print_hex(trap->address);
    uintptr_t stack_start = thread_current()->stack_start;
    if (trap->address < PAGE_OCTETS) {
        print(" (null pointer)");
    } else if (trap->address < stack_start && trap->address >= stack_start - PAGE_OCTETS) {
        print(" (below the stack)");
    }
}

static void print_register(const char *name, uint64_t value) {
    print(name);
    print_hex(value);
}

_Noreturn void trap_report(const struct trap *trap) {
    static bool again;
    if (again) {
        print("\ntrap while a trap was reported\n");
        board_abort();
    }
    again = true;
    print(image_name);
    print(": ");
    print(name_of(trap->vector));
    print_access(trap);
    print("\n");
    print_register("  rip ", trap->rip);
    print_register("  rsp ", trap->rsp);
    print_register("  vector ", trap->vector);
    print_register("  error ", trap->error);
    print_register("\n  rax ", trap->rax);
    print_register("  rcx ", trap->rcx);
    print_register("  rdx ", trap->rdx);
    print_register("  rbx ", trap->rbx);
    print_register("\n  rsi ", trap->rsi);
    print_register("  rdi ", trap->rdi);
    print_register("  rbp ", trap->rbp);
    print_register("  r15 ", trap->r15);
    print("\n");
    boot_report_frames(trap->rip, trap->rsp);
    board_abort();
}
