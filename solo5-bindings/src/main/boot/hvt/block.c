/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"
#include "hypercall.h"

/* The tender takes any number of blocks at once. */
static enum board_result transfer(uint16_t number, unsigned handle, uint64_t offset, uintptr_t memory, size_t octets) {
    struct {
        uint64_t handle, offset, memory, octets;
        int32_t result;
    } arguments = {handle, offset, memory, octets, BOARD_EUNSPEC};
    hypercall(number, &arguments);
    return (enum board_result)arguments.result;
}

enum board_result board_block_read(unsigned handle, uint64_t offset, void *target, size_t octets) {
    return transfer(HYPERCALL_BLOCK_READ, handle, offset, (uintptr_t)target, octets);
}

enum board_result board_block_write(unsigned handle, uint64_t offset, const void *source, size_t octets) {
    return transfer(HYPERCALL_BLOCK_WRITE, handle, offset, (uintptr_t)source, octets);
}
