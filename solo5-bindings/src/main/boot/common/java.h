/* SPDX-License-Identifier: Apache-2.0 */
/* As much of the Java Native Interface as the natives here use: entries of the function table by their numbers in the
   specification, so that no JDK header is needed. */
#ifndef JAVA_H
#define JAVA_H

#include <stddef.h>
#include <stdint.h>

typedef void *java_object;
typedef void *const *const *java_env;

enum {
    JNI_FIND_CLASS = 6,
    JNI_THROW_NEW = 14,
    JNI_EXCEPTION_CLEAR = 17,
    JNI_GET_OBJECT_CLASS = 31,
    JNI_GET_FIELD_ID = 94,
    JNI_SET_INT_FIELD = 109,
    JNI_NEW_STRING_UTF = 167,
    JNI_NEW_OBJECT_ARRAY = 172,
    JNI_NEW_BYTE_ARRAY = 176,
    JNI_GET_BYTE_ARRAY_REGION = 200,
    JNI_SET_BYTE_ARRAY_REGION = 208,
    JNI_GET_PRIMITIVE_ARRAY_CRITICAL = 222,
    JNI_RELEASE_PRIMITIVE_ARRAY_CRITICAL = 223,
};

static inline java_object java_class(java_env env, const char *name) {
    return ((java_object (*)(java_env, const char *))(*env)[JNI_FIND_CLASS])(env, name);
}

/* Throws an exception of the class, or does nothing if the image has no such class. */
static inline int java_throw(java_env env, const char *class_name, const char *message) {
    java_object class = java_class(env, class_name);
    if (class == NULL) {
        ((void (*)(java_env))(*env)[JNI_EXCEPTION_CLEAR])(env);
        return -1;
    }
    return ((int (*)(java_env, java_object, const char *))(*env)[JNI_THROW_NEW])(env, class, message);
}

static inline java_object java_string(java_env env, const char *text) {
    return ((java_object (*)(java_env, const char *))(*env)[JNI_NEW_STRING_UTF])(env, text);
}

static inline java_object java_bytes(java_env env, int octets) {
    return ((java_object (*)(java_env, int))(*env)[JNI_NEW_BYTE_ARRAY])(env, octets);
}

static inline java_object java_array(java_env env, const char *class_name, int length) {
    java_object class = java_class(env, class_name);
    return ((java_object (*)(java_env, int, java_object, java_object))(*env)[JNI_NEW_OBJECT_ARRAY])(
        env, length, class, NULL);
}

static inline void java_get_bytes(java_env env, java_object array, int at, int octets, void *to) {
    ((void (*)(java_env, java_object, int, int, void *))(*env)[JNI_GET_BYTE_ARRAY_REGION])(env, array, at, octets, to);
}

static inline void java_set_bytes(java_env env, java_object array, int at, int octets, const void *from) {
    ((void (*)(java_env, java_object, int, int, const void *))(*env)[JNI_SET_BYTE_ARRAY_REGION])(
        env, array, at, octets, from);
}

/* The array's own octets; it does not move until java_unpin, and nobody else runs. */
static inline void *java_pin(java_env env, java_object array) {
    return ((void *(*)(java_env, java_object, uint8_t *))(*env)[JNI_GET_PRIMITIVE_ARRAY_CRITICAL])(env, array, NULL);
}

static inline void java_unpin(java_env env, java_object array, void *octets) {
    ((void (*)(java_env, java_object, void *, int))(*env)[JNI_RELEASE_PRIMITIVE_ARRAY_CRITICAL])(
        env, array, octets, 0);
}

#endif
