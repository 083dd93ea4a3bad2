/* SPDX-License-Identifier: Apache-2.0 */
/* The one place where a stack is changed for another. */
    .text
    .globl thread_switch, thread_start

/* void thread_switch(void **save_stack_pointer, void *stack_pointer) */
    .type thread_switch, @function
thread_switch:
    push %rbx
    push %rbp
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, (%rdi)
    mov %rsi, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbp
    pop %rbx
    ret

/* A new thread's stack returns to here; its frame pointer is null, which ends the chain of frames. */
    .type thread_start, @function
thread_start:
    xor %ebp, %ebp
    call thread_main
    ud2

    .section .note.GNU-stack, "", @progbits
