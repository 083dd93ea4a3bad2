/* SPDX-License-Identifier: Apache-2.0 */
/* Natives of java.util.zip.Deflater. */
#include "java_zip.h"

enum { MEMORY_LEVEL = 8 };

int64_t Java_java_util_zip_Deflater_init(java_env env, java_object class, int level, int strategy, bool nowrap) {
    (void)class;
    z_stream *stream = zip_new(env);
    if (stream == NULL) {
        return 0;
    }
    int bits = nowrap ? -MAX_WBITS : MAX_WBITS;
    int result = deflateInit2(stream, level, Z_DEFLATED, bits, MEMORY_LEVEL, strategy);
    if (result != Z_OK) {
        zip_failed(env, stream, result);
        free(stream);
        return 0;
    }
    return (int64_t)(uintptr_t)stream;
}

/* `params`: bit 0 says that the strategy (bits 1, 2) and the level (the bits above) are to be set first. */
static int64_t run(java_env env, int64_t address, struct zip_side input, struct zip_side output, int flush, int params) {
    z_stream *stream = zip_stream(address);
    zip_attach(stream, &input, &output);
    bool set = params & 1;
    int result = set ? deflateParams(stream, params >> 3, params >> 1 & 3) : deflate(stream, flush);
    zip_leave(env, &input);
    zip_leave(env, &output);
    int taken = input.length - (int)stream->avail_in;
    int made = output.length - (int)stream->avail_out;
    switch (result) {
        case Z_OK: return zip_result(taken, made, false, false);
        case Z_STREAM_END: return zip_result(taken, made, true, false);
        case Z_BUF_ERROR: return set ? zip_result(taken, made, false, true) : 0; /* parameters are still to be set */
        default: zip_failed(env, stream, result); return 0;
    }
}

int64_t Java_java_util_zip_Deflater_deflateBytesBytes(java_env env, java_object self, int64_t address, java_object input,
                                                      int input_at, int input_length, java_object output, int output_at,
                                                      int output_length, int flush, int params) {
    (void)self;
    return run(env, address, zip_array(env, input, input_at, input_length),
               zip_array(env, output, output_at, output_length), flush, params);
}

int64_t Java_java_util_zip_Deflater_deflateBytesBuffer(java_env env, java_object self, int64_t address, java_object input,
                                                       int input_at, int input_length, int64_t output, int output_length,
                                                       int flush, int params) {
    (void)self;
    return run(env, address, zip_array(env, input, input_at, input_length), zip_memory(output, output_length), flush,
               params);
}

int64_t Java_java_util_zip_Deflater_deflateBufferBytes(java_env env, java_object self, int64_t address, int64_t input,
                                                       int input_length, java_object output, int output_at,
                                                       int output_length, int flush, int params) {
    (void)self;
    return run(env, address, zip_memory(input, input_length), zip_array(env, output, output_at, output_length), flush,
               params);
}

int64_t Java_java_util_zip_Deflater_deflateBufferBuffer(java_env env, java_object self, int64_t address, int64_t input,
                                                        int input_length, int64_t output, int output_length, int flush,
                                                        int params) {
    (void)self;
    return run(env, address, zip_memory(input, input_length), zip_memory(output, output_length), flush, params);
}

static void set_dictionary(java_env env, int64_t address, struct zip_side dictionary) {
    int result = deflateSetDictionary(zip_stream(address), dictionary.octets, (uInt)dictionary.length);
    zip_leave(env, &dictionary);
    if (result != Z_OK) {
        java_throw(env, "java/lang/IllegalArgumentException", "no dictionary can be set now");
    }
}

void Java_java_util_zip_Deflater_setDictionary(java_env env, java_object class, int64_t address, java_object octets, int at,
                                               int length) {
    (void)class;
    set_dictionary(env, address, zip_array(env, octets, at, length));
}

void Java_java_util_zip_Deflater_setDictionaryBuffer(java_env env, java_object class, int64_t address, int64_t octets,
                                                     int length) {
    (void)class;
    set_dictionary(env, address, zip_memory(octets, length));
}

int Java_java_util_zip_Deflater_getAdler(java_env env, java_object class, int64_t address) {
    (void)env, (void)class;
    return (int)zip_stream(address)->adler;
}

void Java_java_util_zip_Deflater_reset(java_env env, java_object class, int64_t address) {
    (void)class;
    int result = deflateReset(zip_stream(address));
    if (result != Z_OK) {
        zip_failed(env, zip_stream(address), result);
    }
}

void Java_java_util_zip_Deflater_end(java_env env, java_object class, int64_t address) {
    (void)env, (void)class;
    deflateEnd(zip_stream(address));
    free(zip_stream(address));
}
