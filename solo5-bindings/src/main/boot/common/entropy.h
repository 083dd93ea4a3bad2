/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ENTROPY_H
#define ENTROPY_H

#include <stdint.h>

int entropy_has_rdseed(void);
int entropy_has_rdrand(void);

/* 1 and a random word, or 0 if the processor had none in many tries. Only if it has the instruction. */
int entropy_rdseed(uint64_t *word);
int entropy_rdrand(uint64_t *word);

/* The time stamp counter. */
uint64_t entropy_ticks(void);

#endif
