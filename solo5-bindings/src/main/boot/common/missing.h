/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies for what the builder's object calls and nobody has. The builder links everything a class might call; most of it is
   never called, and what is says its name. */
#ifndef MISSING_H
#define MISSING_H

#include "java.h"

/* Throws UnsatisfiedLinkError(name). */
long missing_native(java_env env, const char *name);

_Noreturn void missing_function(const char *name);

#define MISSING_NATIVE(name)  \
    long name(java_env env);  \
    long name(java_env env) { \
        return missing_native(env, #name); \
    }

#define MISSING_FUNCTION(name) \
    long name(void);           \
    long name(void) {          \
        missing_function(#name); \
    }

#endif
