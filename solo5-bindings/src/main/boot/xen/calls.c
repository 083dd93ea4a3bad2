/* SPDX-License-Identifier: Apache-2.0 */
/* Sleep and end. Devices are not driven yet. */
#include "board.h"
#include "events.h"
#include "hypercall.h"
#include "pv_console.h"

uint64_t board_yield(uint64_t deadline) {
    if (deadline > board_clock_monotonic()) {
        event_wait(0, deadline);
    }
    return 0;
}

/* Xen has no exit status: a guest that ends well powers off, another one crashed. */
_Noreturn void board_exit(int status) {
    enum { SHUTDOWN = 2, POWER_OFF = 0, CRASH = 3 };
    uint32_t reason = status == 0 ? POWER_OFF : CRASH;
    console_drain();
    for (;;) {
        hypercall(HYPERCALL_SCHED, SHUTDOWN, &reason);
    }
}

_Noreturn void board_abort(void) {
    board_exit(BOARD_ABORTED);
}
