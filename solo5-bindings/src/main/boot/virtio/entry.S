/* SPDX-License-Identifier: Apache-2.0 */
/* How loaders find the image: a multiboot header, and the note of PVH. */
    .set MAGIC, 0x1badb002
    .set FLAGS, 0x10002 /* addresses are in the header, not in an ELF file of 32 bits; tell how much memory there is */

    .section .multiboot, "a", @progbits
    .balign 4
multiboot_header:
    .long MAGIC, FLAGS, -(MAGIC + FLAGS)
    .long multiboot_header
    .long image_text_start /* load from here ... */
    .long image_end        /* ... to here; nothing behind it is to be cleared */
    .long image_end
    .long pvh_entry

    .section .note.pvh, "a", @note
    .balign 4
    .long 4, 4, 18
    .asciz "Xen"
    .long pvh_entry

    .section .note.GNU-stack, "", @progbits
