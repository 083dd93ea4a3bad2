/* SPDX-License-Identifier: Apache-2.0 */
/* An interpreter that no system has, so that Linux refuses to run the image as a program of its own. */
    .section .interp, "a", @progbits
    .asciz "/nonexistent/solo5"

    .section .note.GNU-stack, "", @progbits
