// SPDX-License-Identifier: Apache-2.0
/*
 * What a C programmer writes where we use a Cstruct. Every function does its work `times` times
 * and returns a number that depends on all of it, the same one as its twin in CstructRows.
 *
 * packages: libc6-dev
 */
#include <endian.h>
#include <stdint.h>
#include <string.h>

/* Between two turns memory may have changed: the compiler must do the work again. */
#define NEXT_TURN() __asm__ volatile("" ::: "memory")

static inline uint16_t u16be(const uint8_t *p) {
    uint16_t v;
    memcpy(&v, p, sizeof v);
    return be16toh(v);
}

static inline uint32_t u32be(const uint8_t *p) {
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return be32toh(v);
}

static inline void put_u32be(uint8_t *p, uint32_t v) {
    v = htobe32(v);
    memcpy(p, &v, sizeof v);
}

static int64_t sum_of(const uint8_t *memory, int64_t length) {
    uint32_t sum = 0;
    for (int64_t off = 0; off < length; off += 4) sum += u32be(memory + off);
    return (int32_t) sum;
}

int64_t sum_u32be(int32_t times, const uint8_t *memory, int64_t length) {
    int64_t result = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        result += sum_of(memory, length);
        NEXT_TURN();
    }
    return result;
}

/* Each field another value. */
int64_t fill_u32be(int32_t times, uint8_t *memory, int64_t length) {
    for (int32_t turn = 0; turn < times; turn++) {
        for (int64_t off = 0; off < length; off += 4) put_u32be(memory + off, turn + (uint32_t) off);
        NEXT_TURN();
    }
    return sum_of(memory, length);
}

/* All fields the same value, another one in each turn. */
int64_t fill_same_u32be(int32_t times, uint8_t *memory, int64_t length) {
    for (int32_t turn = 0; turn < times; turn++) {
        for (int64_t off = 0; off < length; off += 4) put_u32be(memory + off, turn);
        NEXT_TURN();
    }
    return sum_of(memory, length);
}

/* Each field its own number, mixed with the turn. */
int64_t fill_index_u32be(int32_t times, uint8_t *memory, int64_t length) {
    for (int32_t turn = 0; turn < times; turn++) {
        for (int64_t i = 0; i < length / 4; i++) put_u32be(memory + 4 * i, (uint32_t) i ^ (uint32_t) turn);
        NEXT_TURN();
    }
    return sum_of(memory, length);
}

/* Another packet in each turn: they lie 64 octets apart, and `last` is a power of two less 1. */
int64_t walk_ipv4(int32_t times, const uint8_t *memory, int64_t last) {
    uint64_t result = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        const uint8_t *p = memory + (turn & last) * 64;
        uint32_t fields = p[0] + u16be(p + 2) + u16be(p + 6) + p[8] + p[9];
        result += fields + (uint64_t) u32be(p + 12) + u32be(p + 16);
        NEXT_TURN();
    }
    return result;
}

/* RFC 1071, in network order: the loop of the textbook, which the compiler makes wide. */
int64_t internet_checksum(int32_t times, const uint8_t *memory, int64_t length) {
    int64_t result = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        uint32_t sum = 0;
        int64_t off = 0;
        for (; off + 1 < length; off += 2) {
            uint16_t word;
            memcpy(&word, memory + off, sizeof word);
            sum += word;
        }
        if (off < length) {
            uint8_t last[2] = {memory[off], 0};
            uint16_t word;
            memcpy(&word, last, sizeof word);
            sum += word;
        }
        while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
        result += (uint16_t) ~be16toh((uint16_t) sum);
        NEXT_TURN();
    }
    return result;
}

int64_t copy(int32_t times, const uint8_t *source, uint8_t *target, int64_t length) {
    int64_t result = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        memcpy(target, source, length);
        NEXT_TURN();
        result += target[turn & 1023];
    }
    return result;
}
