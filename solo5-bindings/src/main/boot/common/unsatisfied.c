/* SPDX-License-Identifier: Apache-2.0 */
#include "missing.h"

#include "console.h"
#include "panic.h"

long missing_native(java_env env, const char *name) {
    /* The classes by falling fit: an image has those that something in it can throw. */
    static const char *const errors[] = {
        "java/lang/UnsatisfiedLinkError", "java/lang/InternalError", "java/io/IOException", "java/lang/RuntimeException"};
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (java_throw(env, errors[i], name) == 0) {
            return 0;
        }
    }
    missing_function(name);
}

_Noreturn void missing_function(const char *name) {
    print("missing: ");
    print(name);
    print("\n");
    panic("the program called a function that the image does not have");
}
