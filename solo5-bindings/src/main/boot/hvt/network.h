/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdint.h>

/* Devices whose frames were read in advance: they are ready, whatever the tender says. */
uint64_t network_held(void);

#endif
