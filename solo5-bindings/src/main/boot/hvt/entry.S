/* SPDX-License-Identifier: Apache-2.0 */
/* The tender enters here in 64-bit mode, ring 0, with the boot information in RDI and RSP near the end of memory. */
    .text
    .globl _start
_start:
    xor %ebp, %ebp
    and $-16, %rsp
    mov %rsp, %rsi
    call hvt_start
    ud2

    .section .note.GNU-stack, "", @progbits
