/* SPDX-License-Identifier: Apache-2.0 */
/* The time stamp counter is the clock. How fast it and the timer go is measured against the third counter of the PIT, whose
   frequency everybody knows; the date at the start comes from the RTC. */
#include "clock.h"

#include "apic.h"
#include "board.h"
#include "port.h"
#include "rtc.h"

#define NANOS_PER_SECOND 1000000000UL

enum { PIT_HERTZ = 1193182, PIT_START = 0xffff, PIT_TICKS = PIT_HERTZ / 50 /* 20 ms */, ROUNDS = 20 };

struct sample {
    uint64_t ticks;
    uint32_t timer;
    uint16_t pit;
};

/* Times 2^32, so that there is no division. */
static uint64_t nanos_per_tick, timer_ticks_per_nano;

static uint64_t first_tick;
static uint64_t wall_at_first_tick;

static void start_pit(void) {
    enum { GATE_2 = 1, SPEAKER = 2, COUNTER_2_ONCE = 0xb0 };
    out8(KEYBOARD + 1, (in8(KEYBOARD + 1) & ~SPEAKER) | GATE_2);
    out8(PIT + 3, COUNTER_2_ONCE);
    out8(PIT + 2, PIT_START & 0xff);
    out8(PIT + 2, PIT_START >> 8);
}

/* The PIT has come to zero, and its count says nothing any more. */
static bool pit_is_over(void) {
    enum { OUT_2 = 0x20 };
    return in8(KEYBOARD + 1) & OUT_2;
}

/* All three at one moment, as nearly as can be: the quickest of some tries. */
static struct sample sample(void) {
    enum { TRIES = 8, LATCH_2 = 0x80 };
    struct sample best = {0};
    uint64_t best_took = UINT64_MAX;
    for (int i = 0; i < TRIES; i++) {
        uint64_t before = __builtin_ia32_rdtsc();
        out8(PIT + 3, LATCH_2);
        uint32_t timer = apic_timer_left();
        uint64_t took = __builtin_ia32_rdtsc() - before;
        uint16_t pit = in8(PIT + 2);
        pit |= (uint16_t)(in8(PIT + 2) << 8);
        if (took < best_took) {
            best_took = took;
            best = (struct sample){before + took / 2, timer, pit};
        }
    }
    return best;
}

/* False if the host let us sleep for longer than the PIT counts. */
static bool measure(void) {
    start_pit();
    apic_timer(UINT32_MAX);
    struct sample first = sample(), last = first;
    while (first.pit - last.pit < PIT_TICKS) {
        if (pit_is_over()) {
            return false;
        }
        last = sample();
    }
    uint64_t pit = (uint64_t)(first.pit - last.pit);
    uint64_t hertz = (last.ticks - first.ticks) * PIT_HERTZ / pit;
    nanos_per_tick = (NANOS_PER_SECOND << 32) / hertz;
    uint64_t timer_hertz = (uint64_t)(first.timer - last.timer) * PIT_HERTZ / pit;
    timer_ticks_per_nano = (timer_hertz << 32) / NANOS_PER_SECOND;
    return !pit_is_over();
}

bool clock_init(void) {
    int rounds = 0;
    while (!measure()) {
        if (++rounds == ROUNDS) {
            return false;
        }
    }
    apic_timer(0);
    first_tick = __builtin_ia32_rdtsc();
    wall_at_first_tick = rtc_seconds() * NANOS_PER_SECOND;
    return true;
}

uint32_t clock_timer_ticks(uint64_t nanos) {
    unsigned __int128 ticks = ((unsigned __int128)nanos * timer_ticks_per_nano >> 32) + 1;
    return ticks > UINT32_MAX ? UINT32_MAX : (uint32_t)ticks;
}

uint64_t board_clock_monotonic(void) {
    return (uint64_t)((unsigned __int128)(__builtin_ia32_rdtsc() - first_tick) * nanos_per_tick >> 32);
}

uint64_t board_clock_wall(void) {
    return wall_at_first_tick + board_clock_monotonic();
}
