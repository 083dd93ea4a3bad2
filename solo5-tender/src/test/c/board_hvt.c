// SPDX-License-Identifier: Apache-2.0
#include "board.h"

enum {
    CALLS = 0x500,
    WALLTIME = 1,
    PUTS = 2,
    POLL = 3,
    BLOCK_WRITE = 4,
    BLOCK_READ = 5,
    NET_WRITE = 6,
    NET_READ = 7,
    HALT = 8,
    KICK = 0x600,
    SLOTS = 1024,
};

static void out(uint16_t port, uint32_t value) {
    __asm__ volatile("outl %0, %1" : : "a"(value), "d"(port) : "memory");
}

static void call(int number, volatile void *argument) {
    out(CALLS + number, (uint32_t)(uint64_t)argument);
}

// Ticks to nanoseconds in 128 bits, without the division that a library would do.
uint64_t monotonic(void) {
    uint32_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    uint64_t ticks = (uint64_t)high << 32 | low;
    uint64_t hertz = boot->tsc_hertz;
    return ticks / hertz * 1000000000 + ticks % hertz * 1000000000 / hertz;
}

uint64_t wall(void) {
    volatile uint64_t nanos = 0;
    call(WALLTIME, &nanos);
    return nanos;
}

void put(const void *octets, size_t length) {
    volatile struct {
        const void *octets;
        uint64_t length;
    } argument = {octets, length};
    call(PUTS, &argument);
}

uint64_t wait_for(uint64_t nanos) {
    volatile struct {
        uint64_t nanos, ready;
        int result;
    } argument = {nanos, 0, 0};
    call(POLL, &argument);
    return argument.ready;
}

static int net_call(int number, uint64_t handle, const void *frame, size_t *length) {
    volatile struct {
        uint64_t handle;
        const void *frame;
        uint64_t length;
        int result;
    } argument = {handle, frame, *length, -1};
    call(number, &argument);
    *length = argument.length;
    return argument.result;
}

int net_write(const void *frame, size_t length) {
    return net_call(NET_WRITE, DEVICE, frame, &length);
}

int net_read(void *frame, size_t *length) {
    return net_call(NET_READ, DEVICE, frame, length);
}

static int block_call(int number, uint64_t handle, uint64_t offset, const void *data,
                      uint64_t length) {
    volatile struct {
        uint64_t handle, offset;
        const void *data;
        uint64_t length;
        int result;
    } argument = {handle, offset, data, length, -1};
    call(number, &argument);
    return argument.result;
}

int block_write(uint64_t offset, const void *data, size_t length) {
    return block_call(BLOCK_WRITE, DEVICE, offset, data, length);
}

int block_read(uint64_t offset, void *data, size_t length) {
    return block_call(BLOCK_READ, DEVICE, offset, data, length);
}

void quit(int status) {
    volatile struct {
        void *cookie;
        int status;
    } argument = {0, status};
    call(HALT, &argument);
    for (;;)
        ;
}

static uint8_t big[3 << 20];

static void fail_unless(bool holds, const char *what) {
    if (holds)
        return;
    say("failed: ");
    say(what);
    say("\n");
    quit(1);
}

// Any octets inside of the capacity can be moved at once.
static void check_block_lengths(void) {
    static const struct {
        uint64_t offset, length;
    } pieces[] = {{0, 1 << 16}, {512, 4096}, {1, 1}, {511, 2}, {1000, 5000}, {0, 512},
                  {4096 - 1, 4096 + 2}, {(1 << 16) - 1, 1}, {0, 0}};
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        uint64_t length = pieces[p].length;
        for (uint64_t i = 0; i < length; i++)
            big[i] = p * 31 + i * 7;
        fail_unless(block_write(pieces[p].offset, big, length) == OK, "write");
        for (uint64_t i = 0; i < length; i++)
            big[i] = 0;
        fail_unless(block_read(pieces[p].offset, big, length) == OK, "read");
        for (uint64_t i = 0; i < length; i++)
            fail_unless(big[i] == (uint8_t)(p * 31 + i * 7), "what was written is read");
    }
}

static void check_block_refusals(void) {
    uint64_t capacity = boot->manifest->entry[DEVICE].block.capacity;
    fail_unless(block_read(capacity, big, 0) == INVALID, "at the end");
    fail_unless(block_read(capacity, big, 512) == INVALID, "behind the end");
    fail_unless(block_read(capacity - 512, big, 513) == INVALID, "across the end");
    fail_unless(block_read(-1ul, big, 512) == INVALID, "offset with all bits set");
    fail_unless(block_read(0, big, -1ul) == INVALID, "length with all bits set");
    fail_unless(block_write(1ul << 63, big, 512) == INVALID, "offset with the highest bit set");
    fail_unless(block_call(BLOCK_READ, 0, 0, big, 512) == INVALID, "handle 0");
    fail_unless(block_call(BLOCK_READ, 2, 0, big, 512) == INVALID, "handle behind the last");
    fail_unless(block_call(BLOCK_READ, -1ul, 0, big, 512) == INVALID, "handle with all bits set");
    size_t length = 100;
    fail_unless(net_call(NET_READ, DEVICE, big, &length) == INVALID, "a disk is no network");
}

struct ring {
    volatile uint32_t ent_tail, com_head;
    uint8_t padding[56];
    volatile uint32_t ent_head, com_tail, needs_kick;
    uint8_t more_padding[52];
    struct {
        uint32_t operation, handle;
        uint64_t address;
        uint32_t length, id;
        uint64_t spare;
    } entry[SLOTS];
    struct {
        uint32_t id;
        int32_t result;
        uint32_t length, spare;
    } commit[SLOTS];
};

static void submit(struct ring *ring, uint32_t operation, void *frame, uint32_t length,
                   uint32_t id) {
    uint32_t slot = ring->ent_tail % SLOTS;
    ring->entry[slot].operation = operation;
    ring->entry[slot].handle = DEVICE;
    ring->entry[slot].address = (uint64_t)frame;
    ring->entry[slot].length = length;
    ring->entry[slot].id = id;
    __asm__ volatile("" : : : "memory");
    ring->ent_tail++;
    __asm__ volatile("mfence" : : : "memory");
    if (ring->needs_kick)
        out(KICK, 0);
}

// As `echo`, through the ring: many reads are posted at once, their frames go back the same way.
static void ring_echo(void) {
    enum { BATCH = 16, FRAME = 2048, LAST = 0xb6 };
    bool done = false;
    struct ring *ring = (struct ring *)boot->ring;
    if (!(boot->host_features & 1)) {
        say("no ring\n");
        quit(3);
    }
    say("ready\n");
    while (!done) {
        fail_unless(wait_for(10000000000) == 1 << DEVICE, "the ready set has the one device");
        uint32_t first = ring->com_head;
        for (uint32_t i = 0; i < BATCH; i++)
            submit(ring, 2, big + i * FRAME, FRAME, 1000 + i);
        while (ring->com_tail != first + BATCH)
            __asm__ volatile("pause");
        for (uint32_t i = 0; i < BATCH; i++) {
            uint32_t slot = (first + i) % SLOTS;
            fail_unless(ring->commit[slot].id == 1000 + i, "commits are in order");
            if (ring->commit[slot].result != OK)
                continue;
            uint8_t *frame = big + i * FRAME;
            for (int octet = 0; octet < 6; octet++) {
                uint8_t old = frame[octet];
                frame[octet] = frame[6 + octet];
                frame[6 + octet] = old;
            }
            submit(ring, 1, frame, ring->commit[slot].length, 0);
            done |= frame[13] == LAST;
        }
        ring->com_head = first + BATCH;
        while (ring->ent_head != ring->ent_tail)
            __asm__ volatile("pause");
    }
}

static void tell_processor(void) {
    uint64_t value;
    uint16_t selector;
    __asm__ volatile("mov %%cr0, %0" : "=r"(value));
    say_number("cr0", value);
    __asm__ volatile("mov %%cr3, %0" : "=r"(value));
    say_number("cr3", value);
    __asm__ volatile("mov %%cr4, %0" : "=r"(value));
    say_number("cr4", value);
    uint32_t low, high;
    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(0xc0000080));
    say_number("efer", low);
    __asm__ volatile("mov %%cs, %0" : "=r"(selector));
    say_number("cs", selector);
    __asm__ volatile("mov %%ss, %0" : "=r"(selector));
    say_number("ss", selector);
}

static uint64_t digits(const char *text) {
    uint64_t value = 0;
    while (*text && *text != ' ')
        text++;
    for (text += *text == ' '; *text >= '0' && *text <= '9'; text++)
        value = value * 10 + (*text - '0');
    return value;
}

void board_command(const char *name) {
    if (is_word(name, "processor"))
        tell_processor();
    else if (is_word(name, "block-lengths"))
        check_block_lengths();
    else if (is_word(name, "block-refusals"))
        check_block_refusals();
    else if (is_word(name, "ring-echo"))
        ring_echo();
    else if (is_word(name, "ring-tail")) {
        ((struct ring *)boot->ring)->ent_tail = 5000;
        out(KICK, 0);
        wait_for(10000000000);
    } else if (is_word(name, "hlt"))
        __asm__ volatile("cli; hlt");
    else if (is_word(name, "port"))
        out(digits(name), 0);
    else if (is_word(name, "in"))
        __asm__ volatile("inl %0, %%eax" : : "d"((uint16_t)CALLS) : "eax");
    else if (is_word(name, "puts-at"))
        put((void *)digits(name), 16);
    else if (is_word(name, "puts-wrap"))
        put((void *)-8ul, 16);
    else if (is_word(name, "puts-long"))
        put(big, -1ul);
    else if (is_word(name, "argument-at"))
        out(CALLS + WALLTIME, digits(name));
    else if (is_word(name, "read-over-text"))
        block_read(0, (void *)0x100000, 512);
    else if (is_word(name, "cookie")) {
        volatile struct {
            uint64_t cookie;
            int status;
        } argument = {digits(name), 9};
        call(HALT, &argument);
    } else
        return;
    quit(0);
}
