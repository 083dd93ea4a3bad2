/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PANIC_H
#define PANIC_H

/* Says why, with the name of the image and the frames of the caller, and aborts the guest. */
_Noreturn void panic(const char *why);

#endif
