/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI note: target hvt (1), version 2. */
    .section .note.solo5.abi, "a", @note
    .balign 4
    .long 6, 16, 0x31494241
    .asciz "Solo5"
    .balign 4
    .long 1, 2, 0, 0

    .section .note.GNU-stack, "", @progbits
