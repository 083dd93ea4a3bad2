/* SPDX-License-Identifier: Apache-2.0 */
/* A block device is the descriptor of a file; the tender's filter wants one block a call. */
#include "board.h"
#include "system_call.h"
#include "tender.h"

static enum board_result transfer(long call, unsigned handle, uint64_t offset, uintptr_t memory, size_t octets) {
    const struct device *device = &tender->manifest->devices[handle];
    size_t block = device->block.block_size;
    for (size_t done = 0; done < octets; done += block) {
        long at = (long)(offset + done);
        if (system_call(call, device->descriptor, (long)(memory + done), (long)block, at, 0) != (long)block) {
            return BOARD_EUNSPEC;
        }
    }
    return BOARD_OK;
}

enum board_result board_block_read(unsigned handle, uint64_t offset, void *target, size_t octets) {
    return transfer(SYS_PREAD64, handle, offset, (uintptr_t)target, octets);
}

enum board_result board_block_write(unsigned handle, uint64_t offset, const void *source, size_t octets) {
    return transfer(SYS_PWRITE64, handle, offset, (uintptr_t)source, octets);
}
