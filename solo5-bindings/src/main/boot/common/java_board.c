/* SPDX-License-Identifier: Apache-2.0 */
/* What Java asks about the guest: the manifest's entries by handle, memory, the moment of the start. Java calls the functions of
   board.h, devices.h and entropy.h themselves. */
#include <string.h>

#include "board.h"
#include "boot.h"
#include "pages.h"

static const struct device *device_of(int handle) {
    return &boot_board()->manifest->devices[handle];
}

const char *java_command_line(void) {
    return boot_board()->command_line;
}

int java_device_count(void) {
    return (int)boot_board()->manifest->count;
}

const char *java_device_name(int handle) {
    return device_of(handle)->name;
}

int java_device_type(int handle) {
    return (int)device_of(handle)->type;
}

int java_device_attached(int handle) {
    return device_of(handle)->attached;
}

/* The six octets of the address, the first in the highest place. */
int64_t java_network_mac(int handle) {
    int64_t mac = 0;
    for (int i = 0; i < 6; i++) {
        mac = mac << 8 | device_of(handle)->network.mac[i];
    }
    return mac;
}

int java_network_mtu(int handle) {
    return device_of(handle)->network.mtu;
}

int64_t java_block_capacity(int handle) {
    return (int64_t)device_of(handle)->block.capacity;
}

int java_block_size(int handle) {
    return device_of(handle)->block.block_size;
}

/* Octets of the frame, or minus the result that there was instead. */
int64_t java_net_read(int handle, void *frame, int64_t room) {
    size_t octets = 0;
    enum board_result result = board_net_read((unsigned)handle, frame, (size_t)room, &octets);
    return result == BOARD_OK ? (int64_t)octets : -(int64_t)result;
}

int64_t java_memory(int which) {
    struct pages_count pages = pages_counted();
    const size_t counts[] = {pages.total, pages.heap, pages.other, pages.peak};
    return (int64_t)(counts[which] * PAGE_OCTETS);
}

int64_t java_entered_at(void) {
    return (int64_t)boot_entered_at();
}
