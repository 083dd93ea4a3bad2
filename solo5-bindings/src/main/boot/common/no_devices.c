/* SPDX-License-Identifier: Apache-2.0 */
/* What a board without devices of its own says; a tender's defines these itself. */
#include "board.h"

__attribute__((weak)) enum board_result board_net_write(unsigned handle, const void *frame, size_t octets) {
    (void)handle, (void)frame, (void)octets;
    return BOARD_EUNSPEC;
}

__attribute__((weak)) void board_net_flush(unsigned handle) {
    (void)handle;
}

__attribute__((weak)) enum board_result board_net_read(unsigned handle, void *frame, size_t room, size_t *octets) {
    (void)handle, (void)frame, (void)room, (void)octets;
    return BOARD_EUNSPEC;
}

__attribute__((weak)) enum board_result board_block_read(unsigned handle, uint64_t offset, void *target, size_t octets) {
    (void)handle, (void)offset, (void)target, (void)octets;
    return BOARD_EUNSPEC;
}

__attribute__((weak)) enum board_result board_block_write(unsigned handle, uint64_t offset, const void *source, size_t octets) {
    (void)handle, (void)offset, (void)source, (void)octets;
    return BOARD_EUNSPEC;
}
