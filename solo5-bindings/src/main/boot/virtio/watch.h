/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WATCH_H
#define WATCH_H

#include <stdint.h>

/* The handles whose devices have done more than their drivers have seen. */
uint64_t watch_ready(void);

#endif
