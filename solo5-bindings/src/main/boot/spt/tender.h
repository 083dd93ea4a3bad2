/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TENDER_H
#define TENDER_H

#include "manifest.h"

/* What the tender puts at 0x11000 and hands over. */
struct tender {
    uint64_t memory_octets;
    uint64_t image_end;
    const char *command_line;
    const struct manifest *manifest;
    int epoll, timer;
};

extern const struct tender *tender;

#endif
