/* SPDX-License-Identifier: Apache-2.0 */
/* Where a loader enters that knows no 64-bit mode (PVH, multiboot): paging off, flat segments, what it has to say in EAX and
   EBX. Goes to 64-bit mode and on to loaded(eax, ebx), in ring 0 on a small stack. */
    .text
    .code32
    .globl pvh_entry, pvh_stack_end
pvh_entry:
    cli
    cld
    mov %eax, %edi
    mov %ebx, %esi

    mov $0x620, %eax /* PAE, OSFXSR, OSXMMEXCPT */
    mov %eax, %cr4
    mov $ring0_first_map, %eax
    mov %eax, %cr3
    mov $0xc0000080, %ecx /* EFER: LME */
    rdmsr
    bts $8, %eax
    wrmsr
    mov $0x80010023, %eax /* PG, WP, NE, MP, PE */
    mov %eax, %cr0
    lgdt ring0_gdt_register
    ljmp $0x08, $1f

    .code64
1:
    mov $0x10, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    lea pvh_stack_end(%rip), %rsp
    xor %ebp, %ebp
    call loaded
    ud2

    .bss
    .balign 16
    .skip 16384
pvh_stack_end:

    .section .note.GNU-stack, "", @progbits
