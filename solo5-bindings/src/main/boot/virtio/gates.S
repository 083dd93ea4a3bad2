/* SPDX-License-Identifier: Apache-2.0 */
/* What ring 0 does for this target: halts, and takes the interrupts that end a halt. */
    .text
    .globl ring0_halt, ring0_interrupt, ring0_spurious

/* sti lets interrupts in only after the next instruction: one that is due already ends the hlt. */
ring0_halt:
    sti
    hlt
    cli
    iretq

ring0_interrupt:
    push %rax
    xor %eax, %eax
    movabs %eax, 0xfee000b0 /* end of interrupt */
    pop %rax
ring0_spurious:
    iretq

    .section .note.GNU-stack, "", @progbits
