/* SPDX-License-Identifier: Apache-2.0 */
/* Network. A frame by itself goes by a plain call, which is the shortest way. In a burst, where the tender offers a ring,
   frames are read many at once, and written into the ring until a flush; so a burst costs few exits.

   A burst begins when the device gave BURST frames in a row, and ends when a batch comes back with room left. */
#include <string.h>

#include "board.h"
#include "hypercall.h"
#include "network.h"
#include "ring.h"
#include "tender.h"

enum { BURST = 8, BATCH = 16, SLOT_OCTETS = 2048, WRITE_SLOTS = 64, HANDLES = 64 };

struct batch {
    uint8_t frames[BATCH][SLOT_OCTETS];
    size_t octets[BATCH];
    unsigned next, count; /* frames read, and not given out yet, are from next to below count */
    unsigned handle;
};

static struct batch batch;
static uint8_t write_slots[WRITE_SLOTS][SLOT_OCTETS];
static unsigned next_write_slot;
static unsigned in_a_row[HANDLES]; /* frames that a device gave without a pause */

static struct ring *ring_of_tender(void) {
    return tender->host_features & FEATURE_RING ? (struct ring *)tender->ring : NULL;
}

struct transfer {
    uint64_t handle, frame, octets;
    int32_t result;
};

static enum board_result write_one(unsigned handle, const void *frame, size_t octets) {
    struct transfer arguments = {handle, (uintptr_t)frame, octets, BOARD_EUNSPEC};
    hypercall(HYPERCALL_NET_WRITE, &arguments);
    return (enum board_result)arguments.result;
}

static enum board_result read_one(unsigned handle, void *frame, size_t room, size_t *octets) {
    struct transfer arguments = {handle, (uintptr_t)frame, room, BOARD_EUNSPEC};
    hypercall(HYPERCALL_NET_READ, &arguments);
    *octets = arguments.octets;
    return (enum board_result)arguments.result;
}

static bool in_burst(unsigned handle) {
    return in_a_row[handle] >= BURST;
}

static void wait_until_fewer(struct ring *ring, uint32_t requests) {
    while (ring_pending(ring) >= requests) {
        ring_kick(ring);
        __builtin_ia32_pause();
    }
}

/* Frames in the ring go before those by call, so that none overtakes another. A slot is free again once the tender is done
   with all requests but the last WRITE_SLOTS - 1. */
enum board_result board_net_write(unsigned handle, const void *frame, size_t octets) {
    struct ring *ring = ring_of_tender();
    if (ring == NULL) {
        return write_one(handle, frame, octets);
    }
    bool in_ring = octets <= SLOT_OCTETS && (in_burst(handle) || ring_pending(ring) > 0);
    wait_until_fewer(ring, in_ring ? WRITE_SLOTS : 1);
    if (!in_ring) {
        return write_one(handle, frame, octets);
    }
    uint8_t *slot = write_slots[next_write_slot++ % WRITE_SLOTS];
    memcpy(slot, frame, octets);
    ring_request(ring, RING_WRITE, handle, slot, octets);
    return BOARD_OK;
}

void board_net_flush(unsigned handle) {
    (void)handle;
    struct ring *ring = ring_of_tender();
    if (ring != NULL && ring_pending(ring) > 0) {
        ring_kick(ring);
    }
}

/* Fills the batch; results come in the order of the requests, and those with a frame come first. */
static void read_batch(struct ring *ring, unsigned handle, size_t room) {
    size_t slot = room < SLOT_OCTETS ? room : SLOT_OCTETS;
    for (unsigned i = 0; i < BATCH; i++) {
        ring_request(ring, RING_READ, handle, batch.frames[i], slot);
    }
    ring_kick(ring);
    batch.handle = handle;
    batch.next = batch.count = 0;
    for (unsigned i = 0; i < BATCH; i++) {
        struct result result = ring_result(ring);
        if (result.result == BOARD_OK) {
            /* A frame may come in after a read has found none: close the gap. */
            if (i != batch.count) {
                memcpy(batch.frames[batch.count], batch.frames[i], result.octets);
            }
            batch.octets[batch.count++] = result.octets;
        }
    }
    if (batch.count < BATCH) {
        in_a_row[handle] = 0;
    }
}

static bool give_from_batch(unsigned handle, void *frame, size_t *octets) {
    if (batch.next == batch.count || batch.handle != handle) {
        return false;
    }
    *octets = batch.octets[batch.next];
    memcpy(frame, batch.frames[batch.next++], *octets);
    return true;
}

enum board_result board_net_read(unsigned handle, void *frame, size_t room, size_t *octets) {
    if (give_from_batch(handle, frame, octets)) {
        return BOARD_OK;
    }
    struct ring *ring = ring_of_tender();
    bool batch_is_free = batch.next == batch.count; /* else it holds another device's frames */
    if (ring != NULL && in_burst(handle) && batch_is_free && room <= SLOT_OCTETS) {
        read_batch(ring, handle, room);
        if (give_from_batch(handle, frame, octets)) {
            return BOARD_OK;
        }
    }
    enum board_result result = read_one(handle, frame, room, octets);
    in_a_row[handle] = result == BOARD_OK ? in_a_row[handle] + 1 : 0;
    return result;
}

uint64_t network_held(void) {
    return batch.next == batch.count ? 0 : 1UL << batch.handle;
}
