/* SPDX-License-Identifier: Apache-2.0 */
/* What the natives of java.util.zip share. They stand on zlib's static library, of which the linker takes what the program
   uses. */
#ifndef JAVA_ZIP_H
#define JAVA_ZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "java.h"

static inline z_stream *zip_stream(int64_t address) {
    return (z_stream *)(uintptr_t)address;
}

/* Octets in an array, which stays in its place until zip_leave, or in native memory. */
struct zip_side {
    java_object array; /* NULL: native memory */
    uint8_t *pinned;
    uint8_t *octets;
    int length;
};

static inline struct zip_side zip_array(java_env env, java_object array, int at, int length) {
    struct zip_side side = {.array = array, .length = length};
    if (length > 0) {
        side.pinned = java_pin(env, array);
        side.octets = side.pinned + at;
    }
    return side;
}

static inline struct zip_side zip_memory(int64_t address, int length) {
    return (struct zip_side){.octets = (uint8_t *)(uintptr_t)address, .length = length};
}

static inline void zip_leave(java_env env, const struct zip_side *side) {
    if (side->pinned != NULL) {
        java_unpin(env, side->array, side->pinned);
    }
}

static inline void zip_attach(z_stream *stream, const struct zip_side *input, const struct zip_side *output) {
    stream->next_in = input->octets;
    stream->avail_in = (uInt)input->length;
    stream->next_out = output->octets;
    stream->avail_out = (uInt)output->length;
}

/* As java.util.zip takes a result apart: octets taken, octets made, two flags. */
static inline int64_t zip_result(int taken, int made, bool flag, bool other_flag) {
    return (int64_t)((uint64_t)taken | (uint64_t)made << 31 | (uint64_t)flag << 62 | (uint64_t)other_flag << 63);
}

static inline void zip_failed(java_env env, const z_stream *stream, int result) {
    if (result == Z_MEM_ERROR) {
        java_throw(env, "java/lang/OutOfMemoryError", "no memory for a stream of zlib");
    } else {
        java_throw(env, "java/lang/InternalError", stream->msg == NULL ? "zlib refuses its stream" : stream->msg);
    }
}

/* A new stream, or NULL and OutOfMemoryError. */
static inline z_stream *zip_new(java_env env) {
    z_stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL) {
        java_throw(env, "java/lang/OutOfMemoryError", "no memory for a stream of zlib");
    }
    return stream;
}

#endif
