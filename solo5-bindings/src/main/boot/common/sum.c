/* SPDX-License-Identifier: Apache-2.0 */
/* The sum that Internet checksums are folded from. Here and not in Java because the builder's compiler does not use vectors:
   1500 octets take a fifth of the time. */
#include <cpuid.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In a loop of this shape gcc uses all lanes there are: each half of a long word has a sum of its own. */
#define SUM_OF_HALVES                                  \
    uint64_t low = 0, high = 0;                        \
    for (size_t i = 0; i < long_words; i++) {          \
        uint64_t word;                                 \
        __builtin_memcpy(&word, at + 8 * i, 8);        \
        low += (uint32_t)word;                         \
        high += word >> 32;                            \
    }                                                  \
    return low + high;

__attribute__((optimize("O3", "unroll-loops"))) static uint64_t sum_sse2(const uint8_t *at, size_t long_words) {
    SUM_OF_HALVES
}

__attribute__((optimize("O3", "unroll-loops"), target("avx2"))) static uint64_t sum_avx2(const uint8_t *at,
                                                                                         size_t long_words) {
    SUM_OF_HALVES
}

/* The processor has AVX2, and the upper halves of its registers were switched on. */
static bool has_avx2(void) {
    enum { OSXSAVE = 1 << 27, XMM_YMM = 6 };
    unsigned a, b = 0, c = 0, d, low, high;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & OSXSAVE)) {
        return false;
    }
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & XMM_YMM) == XMM_YMM && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2);
}

/* The sum of the 32-bit words in `octets` octets, a multiple of 8, least octet first. */
uint64_t sum_of_words(const uint8_t *at, uint64_t octets) {
    static uint64_t (*best)(const uint8_t *, size_t);
    if (best == NULL) {
        best = has_avx2() ? sum_avx2 : sum_sse2;
    }
    return best(at, octets / 8);
}
