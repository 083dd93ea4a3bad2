/* SPDX-License-Identifier: Apache-2.0 */
/* The console: a page shared with the tools of the host. */
#ifndef PV_CONSOLE_H
#define PV_CONSOLE_H

#include <stdint.h>

/* Asks Xen for page and port. */
void console_init(void);

/* Where the page is, 0 if there is none. It lies outside the guest's ordinary memory. */
uintptr_t console_page(void);

/* Returns when the host has read all that was written, or has taken too long over it. */
void console_drain(void);

#endif
