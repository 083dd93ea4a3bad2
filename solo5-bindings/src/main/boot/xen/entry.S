/* SPDX-License-Identifier: Apache-2.0 */
/* What this target has of its own in assembly: the note by which Xen finds pvh_entry, the page that Xen fills with its calls, and
   the gate through which ring 3 reaches them. */
    .section .note.pvh, "a", @note
    .balign 4
    .long 4, 4, 18
    .asciz "Xen"
    .long pvh_entry

    .text
    .globl hypercall_page, ring0_hypercall
    .balign 4096
hypercall_page:
    .skip 4096, 0xcc

/* The number in eax, arguments in rdi and rsi, as Xen wants them; the result comes back in rax. Each call has 32 octets. */
ring0_hypercall:
    shl $5, %eax
    lea hypercall_page(%rax), %rax
    call *%rax
    iretq

    .section .note.GNU-stack, "", @progbits
