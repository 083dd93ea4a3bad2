// SPDX-License-Identifier: Apache-2.0
// The filter, a program of classic BPF over `struct seccomp_data`, rule after rule. A rule allows a
// call if all that it says about the arguments holds; what no rule allows kills the process.
#define _GNU_SOURCE
#include "spt.h"

#include <asm/prctl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST_INSTRUCTIONS = BPF_MAXINSNS };

static struct sock_filter filter[MOST_INSTRUCTIONS];
static size_t length;

static void add(uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
    if (length == MOST_INSTRUCTIONS)
        refuse("filter of more than %d instructions; give the image fewer devices",
               MOST_INSTRUCTIONS);
    filter[length++] = (struct sock_filter){code, if_true, if_false, value};
}

static void load(uint32_t offset) {
    add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static uint32_t low(int argument) {
    return offsetof(struct seccomp_data, args[argument]);
}

static uint32_t high(int argument) {
    return low(argument) + 4;
}

// What does not hold leaves the rule: its jumps are aimed once the end is known.
enum { LEAVE = 0xff };

static size_t rule_start;

static void rule(int call) {
    rule_start = length;
    load(offsetof(struct seccomp_data, nr));
    add(BPF_JMP | BPF_JEQ | BPF_K, call, 0, LEAVE);
}

// The argument is exactly that, in all of its 64 bits.
static void equals(int argument, uint64_t value) {
    load(low(argument));
    add(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)value, 0, LEAVE);
    load(high(argument));
    add(BPF_JMP | BPF_JEQ | BPF_K, value >> 32, 0, LEAVE);
}

// The argument is at most that, unsigned.
static void at_most(int argument, uint64_t value) {
    load(high(argument));
    add(BPF_JMP | BPF_JGT | BPF_K, value >> 32, LEAVE, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, value >> 32, 0, 2); // smaller: the low half may be anything
    load(low(argument));
    add(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)value, LEAVE, 0);
}

static void allow(void) {
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    for (size_t i = rule_start; i < length; i++) {
        if (BPF_CLASS(filter[i].code) != BPF_JMP)
            continue;
        if (filter[i].jt == LEAVE)
            filter[i].jt = length - i - 1;
        if (filter[i].jf == LEAVE)
            filter[i].jf = length - i - 1;
    }
}

static void allow_with(int call, uint64_t first) {
    rule(call);
    equals(0, first);
    allow();
}

static void allow_block(int call, const struct entry *entry) {
    rule(call);
    equals(0, entry->descriptor);
    equals(2, entry->block.sector);
    // Not beyond the end: a file would grow.
    at_most(3, entry->block.capacity - entry->block.sector);
    allow();
}

static void build(const struct manifest *manifest, int epoll, int timer) {
    load(offsetof(struct seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);

    allow_with(SYS_clock_gettime, CLOCK_MONOTONIC);
    allow_with(SYS_clock_gettime, CLOCK_REALTIME);
    allow_with(SYS_timerfd_settime, timer);
    allow_with(SYS_epoll_pwait, epoll);
    allow_with(SYS_write, 1);
    for (uint32_t i = 0; i < manifest->entries; i++) {
        const struct entry *entry = &manifest->entry[i];
        if (entry->type == NETWORK) {
            allow_with(SYS_read, entry->descriptor);
            allow_with(SYS_write, entry->descriptor);
        } else if (entry->type == BLOCK) {
            allow_block(SYS_pread64, entry);
            allow_block(SYS_pwrite64, entry);
        }
    }
    rule(SYS_exit_group);
    allow();
    allow_with(SYS_arch_prctl, ARCH_SET_FS);
    add(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
}

void filter_install(const struct manifest *manifest, int epoll, int timer) {
    build(manifest, epoll, timer);
    struct sock_fprog program = {.len = length, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0)
        refuse_errno("seccomp filter; the kernel needs CONFIG_SECCOMP_FILTER");
}
