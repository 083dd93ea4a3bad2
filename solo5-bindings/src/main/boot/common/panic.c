/* SPDX-License-Identifier: Apache-2.0 */
#include "panic.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "board.h"
#include "console.h"
#include "threads.h"

extern const char image_text_start[], image_text_end[];

enum { MOST_FRAMES = 32 };

/* Code addresses on the stack: frames, and what frames have left. Java's code keeps no frame pointers. */
static void print_stack(uintptr_t stack_pointer) {
    int frames = 0;
    for (uintptr_t at = stack_pointer & -8UL; at < thread_current()->stack_end && frames < MOST_FRAMES; at += 8) {
        uintptr_t word = *(const uintptr_t *)at;
        if (word >= (uintptr_t)image_text_start && word < (uintptr_t)image_text_end) {
            print(frames == 0 ? "stack:" : "");
            print(" ");
            print_hex(word);
            frames++;
        }
    }
    print("\n");
}

_Noreturn void panic(const char *why) {
    static bool again;
    if (!again) {
        again = true;
        print(image_name);
        print(": ");
        print(why);
        print("\n");
        print_stack((uintptr_t)__builtin_frame_address(0));
    }
    board_abort();
}

_Noreturn void abort(void) {
    panic("aborted");
}

_Noreturn void exit(int status) {
    board_exit(status);
}

/* A function compiled with a stack guard found its guard word changed. */
_Noreturn void __stack_chk_fail(void) {
    panic("a function of the image wrote behind its stack frame");
}
