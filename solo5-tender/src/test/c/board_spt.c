// SPDX-License-Identifier: Apache-2.0
#include "board.h"

enum {
    READ = 0,
    WRITE = 1,
    PREAD64 = 17,
    PWRITE64 = 18,
    GETPID = 39,
    CLOCK_GETTIME = 228,
    EXIT_GROUP = 231,
    EPOLL_PWAIT = 281,
    TIMERFD_SETTIME = 286,
    CLOCK_REALTIME = 0,
    CLOCK_MONOTONIC = 1,
    ABSOLUTE = 1,
    EAGAIN = 11,
};

static const uint64_t SECOND = 1000000000;
static const uint64_t TIMER_EVENT = 0xfffffffe;

static long call(long number, long a, long b, long c, long d, long e) {
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = 0;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static uint64_t clock(int which) {
    uint64_t time[2];
    call(CLOCK_GETTIME, which, (long)time, 0, 0, 0);
    return time[0] * SECOND + time[1];
}

uint64_t monotonic(void) {
    return clock(CLOCK_MONOTONIC);
}

uint64_t wall(void) {
    return clock(CLOCK_REALTIME);
}

void put(const void *octets, size_t length) {
    call(WRITE, 1, (long)octets, length, 0, 0);
}

uint64_t wait_for(uint64_t nanos) {
    struct {
        uint32_t events;
        uint64_t data;
    } __attribute__((packed)) event[4];
    uint64_t deadline = monotonic() + nanos;
    uint64_t timer[4] = {0, 0, deadline / SECOND, deadline % SECOND | 1};
    call(TIMERFD_SETTIME, boot->timer, ABSOLUTE, (long)timer, 0, 0);
    long count;
    do
        count = call(EPOLL_PWAIT, boot->epoll, (long)event, 4, -1, 0);
    while (count < 0);
    uint64_t ready = 0;
    for (long i = 0; i < count; i++)
        if (event[i].data != TIMER_EVENT)
            ready |= 1ul << event[i].data;
    return ready;
}

static int descriptor(void) {
    return boot->manifest->entry[DEVICE].descriptor;
}

int net_write(const void *frame, size_t length) {
    return call(WRITE, descriptor(), (long)frame, length, 0, 0) == (long)length ? OK : INVALID;
}

int net_read(void *frame, size_t *length) {
    long got = call(READ, descriptor(), (long)frame, *length, 0, 0);
    if (got > 0)
        *length = got;
    return got > 0 ? OK : got == -EAGAIN ? AGAIN : INVALID;
}

int block_write(uint64_t offset, const void *data, size_t length) {
    return call(PWRITE64, descriptor(), (long)data, length, offset, 0) == (long)length ? OK : INVALID;
}

int block_read(uint64_t offset, void *data, size_t length) {
    return call(PREAD64, descriptor(), (long)data, length, offset, 0) == (long)length ? OK : INVALID;
}

void quit(int status) {
    call(EXIT_GROUP, status, 0, 0, 0, 0);
    __builtin_unreachable();
}

// Each of these is what the filter is there for: none may return.
void board_command(const char *name) {
    static uint8_t data[65536];
    const struct entry *device = &boot->manifest->entry[DEVICE];
    uint64_t capacity = device->block.capacity;
    if (is_word(name, "getpid"))
        call(GETPID, 0, 0, 0, 0, 0);
    else if (is_word(name, "write-2"))
        call(WRITE, 2, (long)data, 1, 0, 0);
    else if (is_word(name, "write-high-half"))
        call(WRITE, 1l << 32 | 1, (long)data, 1, 0, 0);
    else if (is_word(name, "read-0"))
        call(READ, 0, (long)data, 1, 0, 0);
    else if (is_word(name, "clock-2"))
        call(CLOCK_GETTIME, 2, (long)data, 0, 0, 0);
    else if (is_word(name, "epoll-timer"))
        call(EPOLL_PWAIT, boot->timer, (long)data, 4, 0, 0);
    else if (is_word(name, "x32-write"))
        call(0x40000000 | WRITE, 1, (long)data, 1, 0, 0);
    else if (is_word(name, "i386-write")) // 4, as a program of 32 bits calls it
        __asm__ volatile("int $0x80" : : "a"(4), "b"(1), "c"(0x100000), "d"(1) : "memory");
    else if (is_word(name, "block-beyond"))
        block_write(capacity, data, device->block.sector);
    else if (is_word(name, "block-across-end"))
        block_write(capacity - device->block.sector + 1, data, device->block.sector);
    else if (is_word(name, "block-minus-one"))
        block_write(-1ul, data, device->block.sector);
    else if (is_word(name, "block-high-half"))
        block_write(1ul << 32, data, device->block.sector);
    else if (is_word(name, "block-half"))
        block_write(0, data, device->block.sector / 2);
    else if (is_word(name, "block-double"))
        block_write(0, data, 2 * device->block.sector);
    else if (is_word(name, "run-data")) {
        data[0] = 0xc3;
        ((void (*)(void))(uintptr_t)data)();
    } else if (is_word(name, "run-stack")) {
        volatile uint8_t code[1] = {0xc3};
        ((void (*)(void))(uintptr_t)code)();
    }
}
