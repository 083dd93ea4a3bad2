/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTC_H
#define RTC_H

#include <stdint.h>

/* Seconds since 1970 by the battery's clock, which is set to UTC. */
uint64_t rtc_seconds(void);

#endif
