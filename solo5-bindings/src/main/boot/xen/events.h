/* SPDX-License-Identifier: Apache-2.0 */
/* Event channels, and sleep: Xen is asked to wait for ports and a time, so no interrupt is ever taken. */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The page that Xen shares with every guest, as far as it is used. */
struct shared_info {
    struct vcpu_info {
        uint8_t upcall_pending, upcall_mask;
        uint64_t pending_selector;
        uint8_t arch[16];
        struct vcpu_time {
            volatile uint32_t version;
            uint32_t reserved0;
            volatile uint64_t ticks, nanos;
            volatile uint32_t multiplier;
            volatile int8_t shift;
            volatile uint8_t flags, reserved1[2];
        } time;
    } vcpus[32];
    volatile uint64_t pending[64], masked[64];
    volatile uint32_t wall_version, wall_seconds, wall_nanos, wall_seconds_high;
};

_Static_assert(sizeof(struct vcpu_info) == 64, "vcpu_info of the ABI");
_Static_assert(offsetof(struct shared_info, pending) == 2048, "shared info of the ABI");
_Static_assert(offsetof(struct shared_info, wall_version) == 3072, "shared info of the ABI");

volatile struct shared_info *shared_info(void);

/* False if Xen does not share its page. */
bool events_init(void);

void event_send(uint32_t port);
void event_clear(uint32_t port);

/* Sleeps until the port is pending (0: none), or until `deadline` of Xen's clock. */
void event_wait(uint32_t port, uint64_t deadline);

#endif
