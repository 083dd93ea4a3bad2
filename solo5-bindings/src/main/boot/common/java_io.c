/* SPDX-License-Identifier: Apache-2.0 */
/* Natives of java.io and java.nio.file: standard output is the console, and every other file does not exist. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "board.h"
#include "java.h"

#define NO_IDS(class_name)                                                            \
    void Java_java_io_##class_name##_initIDs(java_env env, java_object class) {       \
        (void)env, (void)class;                                                       \
    }

NO_IDS(FileDescriptor)
NO_IDS(FileInputStream)
NO_IDS(FileOutputStream)
NO_IDS(UnixFileSystem)

void Java_java_io_FileDescriptor_close0(java_env env, java_object self) {
    (void)env, (void)self;
}

void Java_java_io_FileCleanable_cleanupClose0(java_env env, java_object class, int descriptor, int64_t handle) {
    (void)env, (void)class, (void)descriptor, (void)handle;
}

void Java_java_io_FileInputStream_open0(java_env env, java_object self, java_object path) {
    (void)self, (void)path;
    java_throw(env, "java/io/FileNotFoundException", "a unikernel has no files");
}

void Java_java_io_FileOutputStream_open0(java_env env, java_object self, java_object path, bool append) {
    (void)self, (void)path, (void)append;
    java_throw(env, "java/io/FileNotFoundException", "a unikernel has no files");
}

int Java_java_io_FileInputStream_read0(java_env env, java_object self) {
    (void)env, (void)self;
    return -1; /* the end of standard input */
}

int Java_java_io_FileInputStream_readBytes(java_env env, java_object self, java_object octets, int at, int count) {
    (void)env, (void)self, (void)octets, (void)at, (void)count;
    return -1;
}

int Java_java_io_FileInputStream_available0(java_env env, java_object self) {
    (void)env, (void)self;
    return 0;
}

void Java_java_io_FileOutputStream_writeBytes(java_env env, java_object self, java_object octets, int at, int count,
                                              bool append) {
    (void)self, (void)append;
    char part[1024];
    while (count > 0) {
        int now = count < (int)sizeof part ? count : (int)sizeof part;
        java_get_bytes(env, octets, at, now, part);
        board_console_write(part, (size_t)now);
        at += now;
        count -= now;
    }
}

bool Java_java_io_UnixFileSystem_checkAccess0(java_env env, java_object self, java_object file, int access) {
    (void)env, (void)self, (void)file, (void)access;
    return false;
}

int Java_java_io_UnixFileSystem_getBooleanAttributes0(java_env env, java_object self, java_object file) {
    (void)env, (void)self, (void)file;
    return 0; /* does not exist */
}

java_object Java_java_io_UnixFileSystem_list0(java_env env, java_object self, java_object file) {
    (void)env, (void)self, (void)file;
    return NULL; /* no directory */
}

java_object Java_java_io_UnixFileSystem_canonicalize0(java_env env, java_object self, java_object path) {
    (void)env, (void)self;
    return path;
}

bool Java_java_io_UnixFileSystem_createDirectory0(java_env env, java_object self, java_object file) {
    (void)env, (void)self, (void)file;
    return false;
}

bool Java_java_io_UnixFileSystem_delete0(java_env env, java_object self, java_object file) {
    (void)env, (void)self, (void)file;
    return false;
}

int64_t Java_java_io_UnixFileSystem_getLength0(java_env env, java_object self, java_object file) {
    (void)env, (void)self, (void)file;
    return 0;
}

int64_t Java_java_io_UnixFileSystem_getLastModifiedTime0(java_env env, java_object self, java_object file) {
    (void)env, (void)self, (void)file;
    return 0;
}

int Java_sun_nio_fs_UnixNativeDispatcher_init(java_env env, java_object class) {
    (void)env, (void)class;
    return 0; /* none of the optional calls */
}

java_object Java_sun_nio_fs_UnixNativeDispatcher_getcwd(java_env env, java_object class) {
    (void)class;
    java_object path = java_bytes(env, 1);
    if (path != NULL) {
        java_set_bytes(env, path, 0, 1, "/");
    }
    return path;
}

int Java_sun_nio_fs_UnixNativeDispatcher_access0(java_env env, java_object class, int64_t path, int access) {
    (void)env, (void)class, (void)path, (void)access;
    return ENOENT;
}

int Java_sun_nio_fs_UnixNativeDispatcher_stat0(java_env env, java_object class, int64_t path, java_object attributes) {
    (void)env, (void)class, (void)path, (void)attributes;
    return ENOENT;
}

int Java_sun_nio_fs_UnixNativeDispatcher_open0(java_env env, java_object class, int64_t path, int flags, int mode) {
    (void)class, (void)path, (void)flags, (void)mode;
    java_throw(env, "sun/nio/fs/UnixException", "a unikernel has no files");
    return -1;
}

java_object Java_sun_nio_fs_UnixNativeDispatcher_strerror(java_env env, java_object class, int error) {
    (void)class;
    const char *text = error == ENOENT ? "a unikernel has no files" : "not there in a unikernel";
    int octets = 0;
    while (text[octets] != 0) {
        octets++;
    }
    java_object bytes = java_bytes(env, octets);
    if (bytes != NULL) {
        java_set_bytes(env, bytes, 0, octets, text);
    }
    return bytes;
}
