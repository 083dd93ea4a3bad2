/* SPDX-License-Identifier: Apache-2.0 */
/* All code that ever runs in ring 0, but for what virtio and xen add: how they are entered, and gates of their own. */
#include "ring0.h"

    .set CODE_0, 0x08
    .set DATA_3, 0x18 | 3
    .set CODE_3, 0x20 | 3
    .set TASK, 0x28
    .set FLAGS, 2

    .text
    .globl ring0_leave, ring0_stubs, ring0_gate, ring0_idt, ring0_gdt_register, ring0_first_map

/* _Noreturn void ring0_leave(void (*run)(void *), void *argument, uintptr_t stack_end) */
ring0_leave:
    mov %rdi, %r8
    mov %rsi, %r9
    mov %rdx, %r10

    /* The descriptor of the task has the address of its segment in three parts. */
    lea ring0_tss(%rip), %rax
    mov %ax, ring0_gdt + TASK + 2
    shr $16, %rax
    mov %al, ring0_gdt + TASK + 4
    mov %ah, ring0_gdt + TASK + 7
    lgdt ring0_gdt_register
    lidt idt_register
    mov $TASK, %eax
    ltr %ax
    mov $ring0_first_map, %eax
    mov %rax, %cr3

    /* AVX: CR4.OSXSAVE, then the states of x87, XMM and YMM. */
    mov $1, %eax
    cpuid
    bt $26, %ecx
    jnc 1f
    mov %cr4, %rax
    bts $18, %rax
    mov %rax, %cr4
    bt $28, %ecx
    jnc 1f
    mov $7, %eax
    xor %edx, %edx
    xor %ecx, %ecx
    xsetbv
1:
    /* EFER.NXE, so that pages may forbid to be executed. */
    mov $0x80000001, %eax
    cpuid
    bt $20, %edx
    jnc 2f
    mov $0xc0000080, %ecx
    rdmsr
    bts $11, %eax
    wrmsr
2:
    /* FS base. */
    mov $0xc0000100, %ecx
    mov $thread_block, %eax
    xor %edx, %edx
    wrmsr

    mov %r8, %rdi
    mov %r9, %rsi
    mov %r10, %rdx

/* Down to ring 3: rdi(rsi), with the stack's end in rdx. */
leave:
    and $-16, %rdx
    sub $8, %rdx /* as if called */
    push $DATA_3
    push %rdx
    push $FLAGS
    push $CODE_3
    push %rdi
    mov %rsi, %rdi
    xor %ebp, %ebp
    iretq

/* The gate: a page map, given in rax, comes into force. */
ring0_gate:
    mov %rax, %cr3
    iretq

/* A trap: the registers onto the trap stack as struct trap has them, and down again to trap_report(trap), which does not
   return. A trap in ring 0 takes the same way. */
trapped:
    push %rax
    push %rcx
    push %rdx
    push %rbx
    push %rbp
    push %rsi
    push %rdi
    push %r8
    push %r9
    push %r10
    push %r11
    push %r12
    push %r13
    push %r14
    push %r15
    mov %cr2, %rax
    push %rax
    mov %rsp, %rsi
    mov $trap_report, %edi
    mov $report_stack_end, %edx
    cld
    jmp leave

/* A stub for each vector, 16 octets apart. Some vectors push an error code; the others get a zero in its place. */
    .balign 16
ring0_stubs:
    .set vector, 0
    .rept 32
    .balign 16
    .if vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21
    .else
    push $0
    .endif
    push $vector
    jmp trapped
    .set vector, vector + 1
    .endr

    .data
    .balign 8
ring0_gdt_register:
    .word gdt_end - ring0_gdt - 1
    .quad ring0_gdt
idt_register:
    .word VECTORS * 16 - 1
    .quad ring0_idt

    .balign 8
ring0_gdt:
    .quad 0
    .quad 0x00af9b000000ffff /* CODE_0 */
    .quad 0x00cf93000000ffff /* data of ring 0 */
    .quad 0x00cff3000000ffff /* DATA_3 */
    .quad 0x00affb000000ffff /* CODE_3 */
    .quad 0x0000890000000000 + 104 + 512 /* TASK: a TSS, a map of 0x1000 ports, an octet */
    .quad 0
gdt_end:

/* The first map: 4 GB where they are, in pages of 2 MB: present, writable, for ring 3. */
    .balign 4096
ring0_first_map:
    .quad first_map_1 + 7
    .skip 4096 - 8
first_map_1:
    .set gigabyte, 0
    .rept 4
    .quad first_map_2 + 7 + gigabyte * 4096
    .set gigabyte, gigabyte + 1
    .endr
    .skip 4096 - 32
first_map_2:
    .set page, 0
    .rept 4 * 512
    .quad page + 0x87
    .set page, page + 0x200000
    .endr

    .bss
    .balign 16
ring0_idt:
    .skip VECTORS * 16
    .skip 32768
report_stack_end:

    .section .note.GNU-stack, "", @progbits
