/* SPDX-License-Identifier: Apache-2.0 */
/* Natives of java.util.zip.Inflater. */
#include "java_zip.h"

static void set_int(java_env env, java_object self, const char *name, int value) {
    java_object class = ((java_object (*)(java_env, java_object))(*env)[JNI_GET_OBJECT_CLASS])(env, self);
    void *field = ((void *(*)(java_env, java_object, const char *, const char *))(*env)[JNI_GET_FIELD_ID])(
        env, class, name, "I");
    if (field != NULL) {
        ((void (*)(java_env, java_object, void *, int))(*env)[JNI_SET_INT_FIELD])(env, self, field, value);
    }
}

void Java_java_util_zip_Inflater_initIDs(java_env env, java_object class) {
    (void)env, (void)class;
}

int64_t Java_java_util_zip_Inflater_init(java_env env, java_object class, bool nowrap) {
    (void)class;
    z_stream *stream = zip_new(env);
    if (stream == NULL) {
        return 0;
    }
    int result = inflateInit2(stream, nowrap ? -MAX_WBITS : MAX_WBITS);
    if (result != Z_OK) {
        zip_failed(env, stream, result);
        free(stream);
        return 0;
    }
    return (int64_t)(uintptr_t)stream;
}

static int64_t run(java_env env, java_object self, int64_t address, struct zip_side input, struct zip_side output) {
    z_stream *stream = zip_stream(address);
    zip_attach(stream, &input, &output);
    int result = inflate(stream, Z_SYNC_FLUSH);
    zip_leave(env, &input);
    zip_leave(env, &output);
    int taken = input.length - (int)stream->avail_in;
    int made = output.length - (int)stream->avail_out;
    switch (result) {
        case Z_BUF_ERROR: return 0;
        case Z_OK: return zip_result(taken, made, false, false);
        case Z_STREAM_END: return zip_result(taken, made, true, false);
        case Z_NEED_DICT: return zip_result(taken, made, false, true);
        case Z_DATA_ERROR:
            set_int(env, self, "inputConsumed", taken);
            set_int(env, self, "outputConsumed", made);
            java_throw(env, "java/util/zip/DataFormatException", stream->msg);
            return 0;
        default: zip_failed(env, stream, result); return 0;
    }
}

int64_t Java_java_util_zip_Inflater_inflateBytesBytes(java_env env, java_object self, int64_t address, java_object input,
                                                      int input_at, int input_length, java_object output, int output_at,
                                                      int output_length) {
    return run(env, self, address, zip_array(env, input, input_at, input_length),
               zip_array(env, output, output_at, output_length));
}

int64_t Java_java_util_zip_Inflater_inflateBytesBuffer(java_env env, java_object self, int64_t address, java_object input,
                                                       int input_at, int input_length, int64_t output,
                                                       int output_length) {
    return run(env, self, address, zip_array(env, input, input_at, input_length), zip_memory(output, output_length));
}

int64_t Java_java_util_zip_Inflater_inflateBufferBytes(java_env env, java_object self, int64_t address, int64_t input,
                                                       int input_length, java_object output, int output_at,
                                                       int output_length) {
    return run(env, self, address, zip_memory(input, input_length), zip_array(env, output, output_at, output_length));
}

int64_t Java_java_util_zip_Inflater_inflateBufferBuffer(java_env env, java_object self, int64_t address, int64_t input,
                                                        int input_length, int64_t output, int output_length) {
    return run(env, self, address, zip_memory(input, input_length), zip_memory(output, output_length));
}

static void set_dictionary(java_env env, int64_t address, struct zip_side dictionary) {
    int result = inflateSetDictionary(zip_stream(address), dictionary.octets, (uInt)dictionary.length);
    zip_leave(env, &dictionary);
    if (result != Z_OK) {
        java_throw(env, "java/lang/IllegalArgumentException", "not the dictionary that the data wants");
    }
}

void Java_java_util_zip_Inflater_setDictionary(java_env env, java_object class, int64_t address, java_object octets, int at,
                                               int length) {
    (void)class;
    set_dictionary(env, address, zip_array(env, octets, at, length));
}

void Java_java_util_zip_Inflater_setDictionaryBuffer(java_env env, java_object class, int64_t address, int64_t octets,
                                                     int length) {
    (void)class;
    set_dictionary(env, address, zip_memory(octets, length));
}

int Java_java_util_zip_Inflater_getAdler(java_env env, java_object class, int64_t address) {
    (void)env, (void)class;
    return (int)zip_stream(address)->adler;
}

void Java_java_util_zip_Inflater_reset(java_env env, java_object class, int64_t address) {
    (void)class;
    int result = inflateReset(zip_stream(address));
    if (result != Z_OK) {
        zip_failed(env, zip_stream(address), result);
    }
}

void Java_java_util_zip_Inflater_end(java_env env, java_object class, int64_t address) {
    (void)env, (void)class;
    inflateEnd(zip_stream(address));
    free(zip_stream(address));
}
