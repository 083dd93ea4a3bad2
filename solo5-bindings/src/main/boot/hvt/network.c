/* SPDX-License-Identifier: Apache-2.0 */
/* Network by plain calls: one frame each. */
#include "board.h"
#include "hypercall.h"

struct transfer {
    uint64_t handle, frame, octets;
    int32_t result;
};

enum board_result board_net_write(unsigned handle, const void *frame, size_t octets) {
    struct transfer arguments = {handle, (uintptr_t)frame, octets, BOARD_EUNSPEC};
    hypercall(HYPERCALL_NET_WRITE, &arguments);
    return (enum board_result)arguments.result;
}

void board_net_flush(unsigned handle) {
    (void)handle; /* each frame went at once */
}

enum board_result board_net_read(unsigned handle, void *frame, size_t room, size_t *octets) {
    struct transfer arguments = {handle, (uintptr_t)frame, room, BOARD_EUNSPEC};
    hypercall(HYPERCALL_NET_READ, &arguments);
    *octets = arguments.octets;
    return (enum board_result)arguments.result;
}
