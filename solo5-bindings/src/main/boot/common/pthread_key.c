/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <pthread.h>

#include "threads.h"

static void (*destructors[THREAD_KEYS])(void *);
static pthread_key_t keys;

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
    if (keys == THREAD_KEYS) {
        return EAGAIN;
    }
    destructors[keys] = destructor;
    *key = keys++;
    return 0;
}

int pthread_key_delete(pthread_key_t key) {
    (void)key; /* nobody makes so many that their numbers run out */
    return 0;
}

void *pthread_getspecific(pthread_key_t key) {
    return thread_current()->values[key];
}

int pthread_setspecific(pthread_key_t key, const void *value) {
    thread_current()->values[key] = (void *)value;
    return 0;
}

void thread_values_destroy(struct thread *thread) {
    for (pthread_key_t key = 0; key < keys; key++) {
        void *value = thread->values[key];
        thread->values[key] = NULL;
        if (value != NULL && destructors[key] != NULL) {
            destructors[key](value);
        }
    }
}
