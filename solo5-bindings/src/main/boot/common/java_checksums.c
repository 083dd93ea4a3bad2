/* SPDX-License-Identifier: Apache-2.0 */
/* Natives of java.util.zip.CRC32 and Adler32. */
#include "java_zip.h"

typedef uLong sum_of(uLong, const Bytef *, uInt);

static int over_array(java_env env, sum_of *sum, int start, java_object array, int at, int length) {
    struct zip_side side = zip_array(env, array, at, length);
    int result = length > 0 ? (int)sum((uint32_t)start, side.octets, (uInt)length) : start;
    zip_leave(env, &side);
    return result;
}

static int over_memory(sum_of *sum, int start, int64_t address, int at, int length) {
    return length > 0 ? (int)sum((uint32_t)start, (const uint8_t *)(uintptr_t)address + at, (uInt)length) : start;
}

static int over_octet(sum_of *sum, int start, int octet) {
    uint8_t one = (uint8_t)octet;
    return (int)sum((uint32_t)start, &one, 1);
}

int Java_java_util_zip_CRC32_update(java_env env, java_object class, int start, int octet) {
    (void)env, (void)class;
    return over_octet(crc32, start, octet);
}

int Java_java_util_zip_CRC32_updateBytes0(java_env env, java_object class, int start, java_object array, int at,
                                          int length) {
    (void)class;
    return over_array(env, crc32, start, array, at, length);
}

int Java_java_util_zip_CRC32_updateByteBuffer0(java_env env, java_object class, int start, int64_t address, int at,
                                               int length) {
    (void)env, (void)class;
    return over_memory(crc32, start, address, at, length);
}

int Java_java_util_zip_Adler32_update(java_env env, java_object class, int start, int octet) {
    (void)env, (void)class;
    return over_octet(adler32, start, octet);
}

int Java_java_util_zip_Adler32_updateBytes(java_env env, java_object class, int start, java_object array, int at,
                                           int length) {
    (void)class;
    return over_array(env, adler32, start, array, at, length);
}

int Java_java_util_zip_Adler32_updateByteBuffer(java_env env, java_object class, int start, int64_t address, int at,
                                                int length) {
    (void)env, (void)class;
    return over_memory(adler32, start, address, at, length);
}
