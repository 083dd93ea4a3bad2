/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TENDER_H
#define TENDER_H

#include "manifest.h"

/* What the tender puts at 0x10000 and hands over. */
struct tender {
    uint64_t memory_octets;
    uint64_t image_end;
    uint64_t ticks_per_second;
    const char *command_line;
    const struct manifest *manifest;
    uint32_t host_features;
    uint32_t guest_features;
    uint64_t ring;
};

enum { FEATURE_RING = 1 };

extern const struct tender *tender;

#endif
