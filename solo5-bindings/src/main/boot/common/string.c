/* SPDX-License-Identifier: Apache-2.0 */
/* Octets and strings. Copies and fills are the processor's string instructions, which are as fast as anything for more than
   some hundred octets; Java has its own code for its arrays. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t octets) {
    void *at = to;
    __asm__ volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(octets) : : "memory");
    return to;
}

void *memmove(void *to, const void *from, size_t octets) {
    if ((uintptr_t)to - (uintptr_t)from >= octets) {
        return memcpy(to, from, octets);
    }
    uint8_t *target = to;
    const uint8_t *source = from;
    size_t i = octets;
    for (; i >= 8; i -= 8) { /* from the end: eight octets are read before they are overwritten */
        uint64_t word;
        __builtin_memcpy(&word, source + i - 8, 8);
        __builtin_memcpy(target + i - 8, &word, 8);
    }
    while (i-- > 0) {
        target[i] = source[i];
    }
    return to;
}

void *memset(void *at, int value, size_t octets) {
    void *to = at;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(octets) : "a"(value) : "memory");
    return at;
}

int memcmp(const void *a, const void *b, size_t octets) {
    const uint8_t *left = a, *right = b;
    for (size_t i = 0; i < octets; i++) {
        if (left[i] != right[i]) {
            return left[i] - right[i];
        }
    }
    return 0;
}

size_t strlen(const char *text) {
    size_t octets = 0;
    while (text[octets] != 0) {
        octets++;
    }
    return octets;
}

int strcmp(const char *a, const char *b) {
    while (*a != 0 && *a == *b) {
        a++, b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

char *strdup(const char *text) {
    size_t octets = strlen(text) + 1;
    char *copy = malloc(octets);
    return copy == NULL ? NULL : memcpy(copy, text, octets);
}

char *strerror(int error) {
    switch (error) {
        case 0: return "no error";
        case ENOENT: return "no such file: there are no files";
        case ENOMEM: return "out of memory";
        default: return "not there in a unikernel";
    }
}
