/* SPDX-License-Identifier: Apache-2.0 */
/* The tender jumps here with the boot information in RDI and RSP at the end of memory. */
    .text
    .globl _start
_start:
    xor %ebp, %ebp
    and $-16, %rsp
    mov %rsp, %rsi
    call spt_start
    ud2

    .section .note.GNU-stack, "", @progbits
