/* SPDX-License-Identifier: Apache-2.0 */
#include "given.h"

#include <stdbool.h>
#include <string.h>

enum { COMMAND_LINE_OCTETS = 8192, STACK_IN_USE = 16 };

#define LOWEST 0x10000UL

extern const char image_text_start[], image_end[];

/* The tender's own lies between the pages that nobody has and the image. */
static bool is_below_image(const void *start, size_t octets) {
    uintptr_t at = (uintptr_t)start, end = (uintptr_t)image_text_start;
    return at >= LOWEST && at < end && octets <= end - at;
}

static bool has_end(const char *text, size_t room) {
    for (size_t i = 0; i < room; i++) {
        if (text[i] == 0) {
            return true;
        }
    }
    return false;
}

/* Handles are indices, so a manifest is that of the image or of no use. */
static bool is_of_image(const struct manifest *manifest) {
    if (manifest->version != image_manifest.version || manifest->count != image_manifest.count) {
        return false;
    }
    for (uint32_t i = 0; i < manifest->count; i++) {
        const struct device *device = &manifest->devices[i], *declared = &image_manifest.devices[i];
        if (device->type != declared->type || memcmp(device->name, declared->name, sizeof device->name) != 0) {
            return false;
        }
    }
    return true;
}

const char *given_fault(const struct given *given) {
    if (given->memory_octets <= (uintptr_t)image_end || given->stack_pointer > given->memory_octets ||
        given->memory_octets - given->stack_pointer > STACK_IN_USE) {
        return "boot information: memory does not end where the stack begins";
    }
    if (!is_below_image(given->command_line, COMMAND_LINE_OCTETS) ||
        !has_end(given->command_line, COMMAND_LINE_OCTETS)) {
        return "boot information: the command line has no end below the image";
    }
    if (!is_below_image(given->manifest, sizeof(struct manifest) + image_manifest.count * sizeof(struct device)) ||
        !is_of_image(given->manifest)) {
        return "boot information: the manifest is not that of the image";
    }
    return NULL;
}
