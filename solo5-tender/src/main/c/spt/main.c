// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "spt.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/timerfd.h>

enum {
    USUAL_MEGABYTES = 512,
    MOST_MEGABYTES = 1 << 24,
    BOOT_INFO = MEMORY_START + 0x1000,
    COMMAND_LINE_OCTETS = 8192,
};

// The epoll event of the timer; others are handles.
static const uint64_t TIMER_EVENT = 0xfffffffe;

struct boot_info {
    uint64_t memory_octets;
    uint64_t image_end;
    uint64_t command_line;
    uint64_t manifest;
    int epoll;
    int timer;
};

static void say(const char *format, va_list values) {
    fputs("solo5-tender: ", stderr);
    vfprintf(stderr, format, values);
}

void refuse(const char *format, ...) {
    va_list values;
    va_start(values, format);
    say(format, values);
    fputc('\n', stderr);
    exit(1);
}

void refuse_errno(const char *format, ...) {
    int error = errno;
    va_list values;
    va_start(values, format);
    say(format, values);
    fprintf(stderr, ": %s\n", strerror(error));
    exit(1);
}

// Reads a number above 0 that is the whole text.
static uint64_t number(const char *word, const char *text) {
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || value == 0)
        refuse("option '%s' has no number above 0; give digits alone behind the =", word);
    return value;
}

// --option:NAME=VALUE
static void attachment(struct options *options, const char *word, const char *rest, int kind) {
    const char *equals = strchr(rest, '=');
    size_t length = equals ? (size_t)(equals - rest) : 0;
    struct attachment *new = &options->attachment[options->attachments];
    if (!equals || !equals[1] || length >= NAME_OCTETS)
        refuse("option '%s' is malformed; write it --option:NAME=VALUE", word);
    memcpy(new->name, rest, length);
    if (!is_name(new->name))
        refuse("option '%s' is malformed; write it --option:NAME=VALUE", word);
    for (int i = 0; i < options->attachments; i++)
        if ((int)options->attachment[i].kind == kind &&
            strcmp(options->attachment[i].name, new->name) == 0)
            refuse("option '%s' is the second for '%s'", word, new->name);
    new->word = word;
    new->kind = kind;
    new->value = equals + 1;
    if (++options->attachments == 4 * MOST_ENTRIES)
        refuse("option '%s' is one too many; no image has so many devices", word);
}

static bool begins(const char *word, const char *start, const char **rest) {
    size_t length = strlen(start);
    *rest = word + length;
    return strncmp(word, start, length) == 0;
}

// Returns the first word that is no option: the image.
static char **parse(char **words, struct options *options) {
    for (; *words && **words == '-'; words++) {
        const char *word = *words;
        const char *rest;
        if (strcmp(word, "--") == 0) {
            words++;
            break;
        }
        if (strcmp(word, "--version") == 0) {
            puts("solo5-tender spt, ABI version 2");
            exit(0);
        }
        if (strcmp(word, "--x-exec-heap") == 0) {
            fputs("solo5-tender: --x-exec-heap: a guest that is fooled can run what it was sent\n",
                  stderr);
            options->executable_heap = true;
        } else if (strcmp(word, "--dry-run") == 0) {
            options->dry_run = true;
        } else if (begins(word, "--mem=", &rest)) {
            options->megabytes = number(word, rest);
        } else if (begins(word, "--net:", &rest)) {
            attachment(options, word, rest, NET);
        } else if (begins(word, "--net-mac:", &rest)) {
            attachment(options, word, rest, NET_MAC);
        } else if (begins(word, "--block:", &rest)) {
            attachment(options, word, rest, BLOCK_FILE);
        } else if (begins(word, "--block-sector-size:", &rest)) {
            attachment(options, word, rest, BLOCK_SECTOR);
        } else {
            refuse("option '%s' is unknown; --help lists those there are", word);
        }
    }
    if (!*words)
        refuse("no image; give its file behind the options");
    return words;
}

static void map_memory(uint64_t octets, bool executable) {
    // With it, what can be read could be executed.
    if (personality(0xffffffff) & READ_IMPLIES_EXEC)
        refuse("personality READ_IMPLIES_EXEC is set; start without it (setarch without -X)");
    int protection = PROT_READ | PROT_WRITE | (executable ? PROT_EXEC : 0);
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
    void *start = (void *)(uintptr_t)MEMORY_START;
    if (mmap(start, octets - MEMORY_START, protection, flags, -1, 0) != start)
        refuse_errno("memory of %lu MB; give less by --mem", octets >> 20);
}

static void join_arguments(char *line, char **arguments) {
    size_t used = 0;
    line[0] = 0;
    for (; *arguments; arguments++) {
        size_t length = strlen(*arguments);
        size_t blank = arguments[1] != NULL;
        if (used + length + blank >= COMMAND_LINE_OCTETS)
            refuse("arguments: a guest takes at most %d octets; give it a file by --block",
                   COMMAND_LINE_OCTETS - 1);
        memcpy(line + used, *arguments, length);
        used += length;
        if (blank)
            line[used++] = ' ';
        line[used] = 0;
    }
}

static void watch(int epoll, int descriptor, uint64_t data) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = data};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) < 0)
        refuse_errno("epoll_ctl of descriptor %d", descriptor);
}

static _Noreturn void jump(uint64_t entry, uint64_t stack) {
    __asm__ volatile("mov %0, %%rsp\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "jmp *%1"
                     :
                     : "d"(stack), "a"(entry), "D"((uint64_t)BOOT_INFO)
                     : "memory");
    __builtin_unreachable();
}

int main(int count, char **words) {
    static struct options options = {.megabytes = USUAL_MEGABYTES};
    static struct image image;
    (void)count;
    // A JVM that started us may have blocked or ignored some.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);

    words = parse(words + 1, &options);
    if (options.megabytes > MOST_MEGABYTES)
        refuse("memory of %lu MB: give 1 to %d by --mem", options.megabytes, MOST_MEGABYTES);
    uint64_t octets = options.megabytes << 20;
    image_open(&image, *words);
    map_memory(octets, options.executable_heap);
    uint64_t end = image_load(&image, octets);
    devices_attach(&image.manifest, &options);

    int epoll = epoll_create1(0);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    if (epoll < 0 || timer < 0)
        refuse_errno("epoll and timer");
    watch(epoll, timer, TIMER_EVENT);
    for (uint32_t i = 0; i < image.manifest.entries; i++)
        if (image.manifest.entry[i].type == NETWORK)
            watch(epoll, image.manifest.entry[i].descriptor, i);

    struct boot_info *info = (struct boot_info *)(uintptr_t)BOOT_INFO;
    char *manifest = (char *)(info + 1);
    char *command_line = manifest + manifest_octets(&image.manifest);
    memcpy(manifest, &image.manifest, manifest_octets(&image.manifest));
    join_arguments(command_line, words + 1);
    *info = (struct boot_info){
        .memory_octets = octets,
        .image_end = end,
        .command_line = (uintptr_t)command_line,
        .manifest = (uintptr_t)manifest,
        .epoll = epoll,
        .timer = timer,
    };

    if (options.dry_run)
        return 0;
    filter_install(&image.manifest, epoll, timer);
    jump(image.entry, octets - 8);
}
