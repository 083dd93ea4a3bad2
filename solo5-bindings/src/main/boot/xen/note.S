/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI note: target xen (6), version 1. */
    .section .note.solo5.abi, "a", @note
    .balign 4
    .long 6, 16, 0x31494241
    .asciz "Solo5"
    .balign 4
    .long 6, 1, 0, 0

    .section .note.GNU-stack, "", @progbits
