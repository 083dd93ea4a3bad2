/* SPDX-License-Identifier: Apache-2.0 */
/* The odd functions of the C library that the runtime calls, for a world with one processor and no files, users or
   environment. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "pages.h"
#include "shares.h"
#include "threads.h"

uint64_t thread_block[8];

int *__errno_location(void) {
    return &thread_current()->error;
}

long sysconf(int name) {
    switch (name) {
        case _SC_PAGESIZE: return PAGE_OCTETS;
        case _SC_NPROCESSORS_CONF:
        case _SC_NPROCESSORS_ONLN: return 1;
        case _SC_PHYS_PAGES: return (long)share_reported(pages_counted().total);
        case _SC_AVPHYS_PAGES: {
            struct pages_count pages = pages_counted();
            return (long)(pages.total - pages.heap - pages.other);
        }
        case _SC_GETPW_R_SIZE_MAX: return 1024;
        default: errno = EINVAL; return -1;
    }
}

int getpagesize(void) {
    return PAGE_OCTETS;
}

/* The runtime's count of processors. */
int JVM_ActiveProcessorCount(void) {
    return 1;
}

/* The runtime's C library wants to be started. */
void initialize(void) {}

char *getenv(const char *name) {
    (void)name;
    return NULL;
}

__uid_t getuid(void) {
    return 0;
}

int getpwuid_r(__uid_t user, struct passwd *entry, char *buffer, size_t octets, struct passwd **found) {
    (void)user, (void)entry, (void)buffer, (void)octets;
    *found = NULL;
    return ENOENT;
}

int getrlimit(__rlimit_resource_t resource, struct rlimit *limit) {
    (void)resource;
    limit->rlim_cur = limit->rlim_max = RLIM_INFINITY;
    return 0;
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
    (void)resource, (void)limit;
    return 0;
}

int uname(struct utsname *name) {
    *name = (struct utsname){.sysname = "mirage4j", .nodename = "unikernel", .release = "0", .version = "0", .machine = "x86_64"};
    return 0;
}

/* There are no libraries to load; what the runtime looks up in itself is here. */
static void nothing(void) {}

void *dlsym(void *restrict handle, const char *restrict name) {
    (void)handle;
    /* Closing a shared arena asks who is in it, thread by thread; with turns taken, nobody is. */
    return strcmp(name, "Java_jdk_internal_misc_ScopedMemoryAccess_closeScope0") == 0 ? (void *)nothing : NULL;
}

void *dlopen(const char *file, int flags) {
    static char self;
    (void)flags;
    return file == NULL ? &self : NULL;
}

int dlclose(void *handle) {
    (void)handle;
    return 0;
}

char *dlerror(void) {
    return "no libraries can be loaded into a unikernel";
}

int dladdr(const void *address, Dl_info *info) {
    (void)address, (void)info;
    return 0;
}
