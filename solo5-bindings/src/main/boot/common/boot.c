/* SPDX-License-Identifier: Apache-2.0 */
/* From the board to Java: memory, threads, an isolate, main. */
#include "boot.h"

#include <stdlib.h>

#include "board.h"
#include "console.h"
#include "pages.h"
#include "panic.h"
#include "threads.h"

/* The builder's: makes an isolate, the first and only one, and attaches the caller to it. */
int graal_create_isolate(const void *parameters, void **isolate, void **isolate_thread);

/* Java's: runs the program, and returns its exit status. */
int mirage_main(void *isolate_thread);

/* Java's: prints the frames of the methods that a trap happened in. */
void mirage_trap(void *isolate, uint64_t stack_pointer, uint64_t instruction);

/* Less than this and not even the page map is worth making; Java says itself what it needs. */
#define LEAST_MEMORY (256UL << 10)

static const struct board *board;
static uint64_t entered_at;
static void *isolate; /* once Java runs */

const struct board *boot_board(void) {
    return board;
}

uint64_t boot_entered_at(void) {
    return entered_at;
}

_Noreturn void boot(const struct board *given) {
    board = given;
    entered_at = board_clock_monotonic();
    if (board->memory_end < board->memory_start + LEAST_MEMORY) {
        panic("no memory is left behind the image; give the guest more");
    }
    pages_init(board->memory_start, board->memory_end, board->memory_is_zero);
    threads_init(board->stack_start, board->stack_end);

    void *new_isolate, *isolate_thread;
    int failure = graal_create_isolate(NULL, &new_isolate, &isolate_thread);
    if (failure != 0) {
        print("isolate: error ");
        print_decimal((uint64_t)failure);
        print(", with ");
        print_decimal(pages_counted().total * PAGE_OCTETS >> 10);
        print(" KB of free memory\n");
        panic("Java could not start; give the guest more memory");
    }
    isolate = new_isolate;
    exit(mirage_main(isolate_thread));
}

void boot_report_frames(uint64_t rip, uint64_t rsp) {
    if (isolate != NULL) {
        mirage_trap(isolate, rsp, rip);
    }
}
