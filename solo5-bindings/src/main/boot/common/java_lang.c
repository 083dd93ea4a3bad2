/* SPDX-License-Identifier: Apache-2.0 */
/* Natives of java.lang, java.util and of the JDK's loading of libraries: what there is to say without an operating system. */
#include <stdint.h>
#include <stdlib.h>

#include "java.h"

enum { JNI_VERSION = 0xa0000 };

/* The JDK's libraries are linked in; loading one asks it for the version it speaks. */
#define LIBRARY(name)                                  \
    int JNI_OnLoad_##name(void *vm, void *reserved) {  \
        (void)vm, (void)reserved;                      \
        return JNI_VERSION;                            \
    }

LIBRARY(java)
LIBRARY(net)
LIBRARY(nio)
LIBRARY(zip)
LIBRARY(extnet)
LIBRARY(management)
LIBRARY(prefs)

void InitializeEncoding(java_env env, const char *name) {
    (void)env, (void)name;
}

void Java_java_lang_Shutdown_halt0(java_env env, java_object class, int status) {
    (void)env, (void)class;
    exit(status);
}

void Java_java_lang_ProcessImpl_init(java_env env, java_object class) {
    (void)env, (void)class;
}

java_object Java_java_lang_ProcessEnvironment_environ(java_env env, java_object class) {
    (void)class;
    return java_array(env, "[B", 0);
}

java_object Java_java_util_TimeZone_getSystemGMTOffsetID(java_env env, java_object class) {
    (void)class;
    return java_string(env, "GMT");
}
