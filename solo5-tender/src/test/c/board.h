// SPDX-License-Identifier: Apache-2.0
// What a guest of the tests may ask of its tender, the same on hvt and spt.
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../main/c/spt/manifest.h"

enum { OK = 0, AGAIN = 1, INVALID = 2, DEVICE = 1 };

struct boot_info {
    uint64_t memory;
    uint64_t image_end;
#ifdef HVT
    uint64_t tsc_hertz;
#endif
    const char *command_line;
    const struct manifest *manifest;
#ifdef HVT
    uint32_t host_features;
    uint32_t guest_features;
    uint64_t ring;
#else
    int epoll;
    int timer;
#endif
};

extern const struct boot_info *boot;

uint64_t monotonic(void);
uint64_t wall(void);
void put(const void *octets, size_t length);
uint64_t wait_for(uint64_t nanos); // the ready set
int net_write(const void *frame, size_t length);
int net_read(void *frame, size_t *length);
int block_write(uint64_t offset, const void *data, size_t length);
int block_read(uint64_t offset, void *data, size_t length);
_Noreturn void quit(int status);

// What only one of the boards has, by name; returns where there is no such.
void board_command(const char *name);

void say(const char *text);
void say_number(const char *label, uint64_t value);
bool is_word(const char *text, const char *word);

#endif
