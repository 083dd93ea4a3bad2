/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <string.h>

#include "board.h"

void print(const char *text) {
    board_console_write(text, strlen(text));
}

void print_decimal(uint64_t value) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    board_console_write(digits + at, sizeof digits - at);
}

void print_hex(uint64_t value) {
    char digits[16];
    for (int i = 15; i >= 0; i--, value >>= 4) {
        digits[i] = "0123456789abcdef"[value & 15];
    }
    print("0x");
    board_console_write(digits, sizeof digits);
}
