/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of an image, version 1, as the tender reads it from the file and gives it back filled in (ABI.md, 2). */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stddef.h>
#include <stdint.h>

enum device_type { DEVICE_BLOCK = 1, DEVICE_NETWORK = 2, DEVICE_RESERVED = 0x40000000 };

struct device {
    char name[68];
    uint32_t type;
    union {
        struct {
            uint64_t capacity;
            uint16_t block_size;
        } block;
        struct {
            uint8_t mac[6];
            uint16_t mtu;
        } network;
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
    uint32_t count; /* of devices, the reserved first one among them; a handle is an index */
    struct device devices[];
};

/* An ELF note whose content is 8-aligned: the padding word counts as content. */
struct manifest_note {
    uint32_t name_octets, content_octets, type;
    char name[8];
    uint32_t padding;
    uint32_t version, count;
    struct device devices[];
};

_Static_assert(sizeof(struct device) == 104, "device entry of the ABI");
_Static_assert(offsetof(struct manifest_note, version) == 24, "manifest lies at 24 in its note");

extern const char image_name[];
extern const struct manifest_note image_manifest;

#define NETWORK(name_) {.name = name_, .type = DEVICE_NETWORK}
#define BLOCK(name_) {.name = name_, .type = DEVICE_BLOCK}

/* IMAGE("name", DEVICES...): defines the two symbols above. */
#define IMAGE(name_, ...)                                                                    \
    const char image_name[] = name_;                                                         \
    enum { image_devices = sizeof((struct device[]){{.type = DEVICE_RESERVED}, __VA_ARGS__}) / \
                           sizeof(struct device) };                                          \
    __attribute__((section(".note.solo5.manifest"), aligned(8), used))                       \
    const struct manifest_note image_manifest = {                                            \
        .name_octets = 6,                                                                    \
        .content_octets = 4 + 8 + image_devices * sizeof(struct device),                     \
        .type = 0x3154464d,                                                                  \
        .name = "Solo5",                                                                     \
        .version = 1,                                                                        \
        .count = image_devices,                                                              \
        .devices = {{.type = DEVICE_RESERVED}, __VA_ARGS__},                                 \
    };

#endif
