/* SPDX-License-Identifier: Apache-2.0 */
/* A network device is the descriptor of a TAP that does not block: one frame a call. */
#include <errno.h>

#include "board.h"
#include "system_call.h"
#include "tender.h"

enum board_result board_net_write(unsigned handle, const void *frame, size_t octets) {
    int descriptor = tender->manifest->devices[handle].descriptor;
    long written = system_call(SYS_WRITE, descriptor, (long)frame, (long)octets, 0, 0);
    if (written == (long)octets) {
        return BOARD_OK;
    }
    return written == -EAGAIN ? BOARD_AGAIN : BOARD_EUNSPEC;
}

void board_net_flush(unsigned handle) {
    (void)handle; /* each frame went at once */
}

enum board_result board_net_read(unsigned handle, void *frame, size_t room, size_t *octets) {
    int descriptor = tender->manifest->devices[handle].descriptor;
    long count = system_call(SYS_READ, descriptor, (long)frame, (long)room, 0, 0);
    if (count < 0) {
        return count == -EAGAIN ? BOARD_AGAIN : BOARD_EUNSPEC;
    }
    *octets = (size_t)count;
    return BOARD_OK;
}
