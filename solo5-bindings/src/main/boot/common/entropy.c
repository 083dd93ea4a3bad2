/* SPDX-License-Identifier: Apache-2.0 */
/* Random words from the processor: RDSEED, else RDRAND. Java asks, and mixes in timing jitter where the processor has neither. */
#include "entropy.h"

#include <cpuid.h>
#include <stdbool.h>

enum { TRIES = 128 };

static bool rdseed(uint64_t *word) {
    bool good;
    __asm__ volatile("rdseed %0; setc %1" : "=r"(*word), "=qm"(good) : : "cc");
    return good;
}

static bool rdrand(uint64_t *word) {
    bool good;
    __asm__ volatile("rdrand %0; setc %1" : "=r"(*word), "=qm"(good) : : "cc");
    return good;
}

static bool try(bool (*draw)(uint64_t *), uint64_t *word) {
    for (int i = 0; i < TRIES; i++) {
        if (draw(word)) {
            return true;
        }
        __builtin_ia32_pause();
    }
    return false;
}

int entropy_has_rdseed(void) {
    unsigned a, b = 0, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_RDSEED);
}

int entropy_has_rdrand(void) {
    unsigned a, b, c = 0, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_RDRND);
}

int entropy_rdseed(uint64_t *word) {
    return try(rdseed, word);
}

int entropy_rdrand(uint64_t *word) {
    return try(rdrand, word);
}

uint64_t entropy_ticks(void) {
    return __builtin_ia32_rdtsc();
}
