/* SPDX-License-Identifier: Apache-2.0 */
/* Sleep and end. Devices have their drivers in Java, so there are no calls for them. */
#include "apic.h"
#include "board.h"
#include "clock.h"
#include "port.h"
#include "watch.h"

uint64_t board_yield(uint64_t deadline) {
    uint64_t ready = watch_ready(), now = board_clock_monotonic();
    if (ready != 0 || deadline <= now) {
        return ready;
    }
    apic_timer(deadline == BOARD_NEVER ? 0 : clock_timer_ticks(deadline - now));
    halt();
    return watch_ready();
}

/* QEMU ends with status 0 when the power goes, and with 2 n + 1 when n goes to its port for debugging. Elsewhere a reset by the
   keyboard's controller is all that is left. */
_Noreturn void board_exit(int status) {
    enum { POWER_OFF = 0x2000, RESET = 0xfe };
    if (status != 0) {
        out16(DEBUG_EXIT, (uint16_t)status);
    }
    out16(POWER, POWER_OFF);
    out8(KEYBOARD + 4, RESET);
    for (;;) {
        apic_timer(0);
        halt();
    }
}

_Noreturn void board_abort(void) {
    board_exit(BOARD_ABORTED);
}
