// SPDX-License-Identifier: Apache-2.0
// One end of a record ring in a file, by the description in RecordRing.java alone:
//   records one|many produce|consume FILE COUNT
// A producer sends u64 1 to COUNT in records of 8 to 40 octets; a consumer ends after COUNT records.
// cc -O2 -o records records.c
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RING_OFFSET = 4096, HEAD_OCTETS = 512, RECORD_HEAD = 8, PRODUCERS = 32 };
enum { CLAIMED = 1, COMMITTED = 2, SKIPPED = 3 };

struct ring {
    uint64_t tail;
    uint32_t claimer;
    char pad1[128 - 12];
    uint64_t head;
    uint32_t sleeping;
    char pad2[128 - 12];
    uint64_t producer[PRODUCERS];
    char records[];
};
_Static_assert(sizeof(struct ring) == HEAD_OCTETS, "where the records begin");

static struct ring *ring;
static uint64_t capacity;

static void die(const char *what, uint64_t value) {
    fprintf(stderr, "records: %s %llu (%s)\n", what, (unsigned long long) value, strerror(errno));
    exit(1);
}

static uint64_t *header_at(uint64_t position) {
    return (uint64_t *) (ring->records + (position & (capacity - 1)));
}

static void put_header(uint64_t at, uint32_t length, uint64_t state, uint64_t number) {
    __atomic_store_n(header_at(at), length | state << 32 | number << 40, __ATOMIC_RELEASE);
}

static uint64_t size_of(uint64_t length) { return (length + RECORD_HEAD + 7) & ~7ull; }

static uint32_t length_of(uint64_t i) { return 8 + i % 33; }

static void fill(uint64_t at, uint64_t i) {
    char *payload = (char *) header_at(at) + RECORD_HEAD;
    memcpy(payload, &i, 8);
    memset(payload + 8, (int) (i & 0x7f), length_of(i) - 8);
}

/* How far from `tail` a record of `size` begins, or -1 if there is no room yet. */
static int64_t skip_to(uint64_t tail, uint64_t size) {
    uint64_t rest = capacity - (tail & (capacity - 1)), skip = size <= rest ? 0 : rest;
    uint64_t used = tail - __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE);
    if (used > capacity) die("head is past tail by", -used);
    return used + skip + size <= capacity ? (int64_t) skip : -1;
}

static void produce_alone(uint64_t count) {
    uint64_t tail = ring->tail;
    for (uint64_t i = 1; i <= count; i++) {
        int64_t skip;
        while ((skip = skip_to(tail, size_of(length_of(i)))) < 0) sched_yield();
        if (skip > 0) put_header(tail, skip - RECORD_HEAD, SKIPPED, 0);
        tail += skip;
        put_header(tail, length_of(i), COMMITTED, 0);
        fill(tail, i);
        tail += size_of(length_of(i));
        __atomic_store_n(&ring->tail, tail, __ATOMIC_RELEASE);
    }
}

static void produce_with_others(uint64_t count) {
    uint64_t nobody = 0;
    uint32_t number = 1;
    while (!__atomic_compare_exchange_n(&ring->producer[number - 1], &nobody, (uint64_t) getpid(), 0,
                                        __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        nobody = 0;
        if (++number > PRODUCERS) die("no place for producer", number);
    }
    for (uint64_t i = 1; i <= count;) {
        uint32_t free = 0;
        if (!__atomic_compare_exchange_n(&ring->claimer, &free, number, 0, __ATOMIC_SEQ_CST,
                                         __ATOMIC_SEQ_CST)) {
            sched_yield();
            continue;
        }
        uint64_t tail = __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE);
        int64_t skip = skip_to(tail, size_of(length_of(i)));
        if (skip >= 0) {
            put_header(tail + skip, length_of(i), CLAIMED, number);
            if (skip > 0) put_header(tail, skip - RECORD_HEAD, SKIPPED, number);
            uint64_t after = tail + skip + size_of(length_of(i));
            __atomic_store_n(&ring->tail, after, __ATOMIC_RELEASE);
        }
        __atomic_store_n(&ring->claimer, 0, __ATOMIC_RELEASE);
        if (skip < 0) {
            sched_yield();
            continue;
        }
        fill(tail + skip, i);
        put_header(tail + skip, length_of(i), i % 5 == 0 ? SKIPPED : COMMITTED, number);
        i++;
    }
    __atomic_store_n(&ring->producer[number - 1], 0, __ATOMIC_RELEASE);
}

/* Every producer counts up by itself; `many` leaves out what it aborts, each fifth. */
static void consume(int many, uint64_t count) {
    static uint64_t last[PRODUCERS + 1];
    uint64_t head = ring->head;
    for (uint64_t done = 0; done < count;) {
        if (!many && __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE) == head) {
            sched_yield();
            continue;
        }
        uint64_t header = __atomic_load_n(header_at(head), __ATOMIC_ACQUIRE);
        uint32_t state = (header >> 32) & 0xff, number = (header >> 40) & 0xff;
        if (state < COMMITTED) {
            if (!many) die("record without a commit at", head);
            sched_yield();
            continue;
        }
        uint64_t size = size_of((uint32_t) header);
        char *record = (char *) header_at(head);
        if (state == COMMITTED) {
            uint64_t i;
            memcpy(&i, record + RECORD_HEAD, 8);
            uint64_t next = last[number] + 1;
            if (many && next % 5 == 0) next++;
            if (number > PRODUCERS || i != next) die("lost, doubled or strange record", i);
            if ((uint32_t) header != length_of(i)) die("length of record", i);
            for (uint32_t at = 8; at < length_of(i); at++)
                if (record[RECORD_HEAD + at] != (char) (i & 0x7f)) die("octets of record", i);
            last[number] = i;
            done++;
        }
        if (many) memset(record, 0, size);
        head += size;
        __atomic_store_n(&ring->head, head, __ATOMIC_RELEASE);
    }
}

int main(int argc, char **argv) {
    if (argc != 5) die("usage: records one|many produce|consume FILE COUNT", 0);
    int file = open(argv[3], O_RDWR);
    if (file < 0) die(argv[3], 0);
    size_t size = lseek(file, 0, SEEK_END);
    char *map = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map == MAP_FAILED) die("mmap", 0);
    ring = (struct ring *) (map + RING_OFFSET);
    capacity = size - RING_OFFSET - HEAD_OCTETS;
    int many = strcmp(argv[1], "many") == 0;
    uint64_t count = strtoull(argv[4], 0, 10);
    if (strcmp(argv[2], "consume") == 0) consume(many, count);
    else if (many) produce_with_others(count);
    else produce_alone(count);
    printf("%s: %llu done\n", argv[2], (unsigned long long) count);
    return 0;
}
