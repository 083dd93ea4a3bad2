/* SPDX-License-Identifier: Apache-2.0 */
/* Text for the console, before there is Java and when there is no more. */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdint.h>

void print(const char *text);
void print_decimal(uint64_t value);
void print_hex(uint64_t value);

#endif
