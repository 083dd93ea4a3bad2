// SPDX-License-Identifier: Apache-2.0
/*
 * How long a command takes from exec to the first octet of its output, with nothing of a JVM in between.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* The words lie one behind the other, each with its NUL. Nanoseconds of all turns; below 0 where the command says nothing. */
int64_t first_output(int32_t times, char *words, int64_t count) {
    char *argv[64];
    if (count > 63) return -1;
    for (int64_t i = 0; i < count; i++) {
        argv[i] = words;
        while (*words++)
            ;
    }
    argv[count] = NULL;
    int64_t total = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) < 0) return -1;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        pid_t pid;
        int64_t start = now();
        int failed = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
        close(ends[1]);
        posix_spawn_file_actions_destroy(&actions);
        char octets[4096];
        ssize_t first = failed ? -1 : read(ends[0], octets, sizeof octets);
        total += now() - start;
        while (!failed && read(ends[0], octets, sizeof octets) > 0)
            ;
        close(ends[0]);
        if (!failed) waitpid(pid, NULL, 0);
        if (first <= 0) return -1;
    }
    return total;
}
