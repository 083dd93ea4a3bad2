// SPDX-License-Identifier: Apache-2.0
// The manifest of an image: as the file has it, and as the guest gets it, filled in by the tender.
// solo5-bindings has its own, in the words of guests; that its images run here holds them together.
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdint.h>

enum { MOST_ENTRIES = 64, NAME_OCTETS = 68 };

struct entry {
    char name[NAME_OCTETS];
    uint32_t type;
    union {
        struct {
            uint64_t capacity;
            uint16_t sector;
        } block;
        struct {
            uint8_t mac[6];
            uint16_t mtu;
        } network;
        uint8_t octets[16];
    };
    union {
        int descriptor;
        uint64_t host;
    };
    uint8_t attached;
    uint8_t padding[7];
};

struct manifest {
    uint32_t version;
    uint32_t entries;
    struct entry entry[MOST_ENTRIES];
};

_Static_assert(sizeof(struct entry) == 104, "an entry has 104 octets");

#endif
