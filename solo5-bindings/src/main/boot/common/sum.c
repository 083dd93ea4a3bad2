/* SPDX-License-Identifier: Apache-2.0 */
/* The sum that Internet checksums are folded from. Here and not in Java because the builder's compiler does not use vectors:
   1500 octets take an eighth of the time. */
#include <cpuid.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Four words of 64 bits, anywhere in memory. Where the processor has narrower vectors gcc takes two for one. */
typedef uint64_t lanes __attribute__((vector_size(32), aligned(1), may_alias));

/* Adds whole words of 64 bits, with what overflows lost, and their upper halves once more, of which nothing is: below 2^31 words
   the lower halves follow from the two. That is one step less for each word than adding both halves. Four sums of each kind,
   so that no step waits for the one before; volatile, so that what is added twice is loaded once; and from the end, since the
   headers in front have just been written, octet by octet, and a wide load would wait for that. */
static inline __attribute__((always_inline)) uint64_t sum_of_halves(const uint8_t *at, size_t octets) {
    lanes whole[4] = {0}, upper[4] = {0};
    const uint8_t *end = at + octets;
    for (; octets >= sizeof whole; octets -= sizeof whole) {
        end -= sizeof whole;
        for (int i = 0; i < 4; i++) {
            lanes words = ((const volatile lanes *)end)[i];
            whole[i] += words;
            upper[i] += words >> 32;
        }
    }
    for (; octets >= sizeof(lanes); octets -= sizeof(lanes)) {
        end -= sizeof(lanes);
        lanes words = *(const volatile lanes *)end;
        whole[0] += words;
        upper[0] += words >> 32;
    }
    lanes all = (whole[0] + whole[1]) + (whole[2] + whole[3]);
    lanes high = (upper[0] + upper[1]) + (upper[2] + upper[3]);
    all += high - (high << 32);
    uint64_t sum = (all[0] + all[2]) + (all[1] + all[3]);
    for (; octets > 0; octets -= 8, at += 8) {
        uint64_t word;
        __builtin_memcpy(&word, at, 8);
        sum += (uint32_t)word + (word >> 32);
    }
    return sum;
}

__attribute__((optimize("O3"))) static uint64_t sum_sse2(const uint8_t *at, size_t octets) {
    return sum_of_halves(at, octets);
}

__attribute__((optimize("O3"), target("avx2"))) static uint64_t sum_avx2(const uint8_t *at, size_t octets) {
    return sum_of_halves(at, octets);
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
    return best(at, octets);
}
