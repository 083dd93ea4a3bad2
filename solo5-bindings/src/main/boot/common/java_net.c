/* SPDX-License-Identifier: Apache-2.0 */
/* Natives of java.net and sun.nio.ch: addresses are values and work, sockets of a kernel do not exist. What is not here throws
   UnsatisfiedLinkError with its name. */
#include <stdbool.h>
#include <stdint.h>

#include "java.h"

#define NO_INIT(name)                               \
    void Java_##name(java_env env, java_object class) { \
        (void)env, (void)class;                     \
    }

NO_INIT(java_net_InetAddress_init)
NO_INIT(java_net_Inet4Address_init)
NO_INIT(java_net_Inet6Address_init)
NO_INIT(java_net_NetworkInterface_init)
NO_INIT(sun_nio_ch_IOUtil_initIDs)
NO_INIT(sun_nio_ch_NativeThread_init)
NO_INIT(sun_nio_ch_FileDispatcherImpl_init0)

bool Java_java_net_InetAddress_isIPv4Available(java_env env, java_object class) {
    (void)env, (void)class;
    return true;
}

bool Java_java_net_InetAddress_isIPv6Supported(java_env env, java_object class) {
    (void)env, (void)class;
    return true;
}

java_object Java_java_net_Inet4AddressImpl_getLocalHostName(java_env env, java_object self) {
    (void)self;
    return java_string(env, "localhost");
}

java_object Java_java_net_Inet6AddressImpl_getLocalHostName(java_env env, java_object self) {
    (void)self;
    return java_string(env, "localhost");
}

static java_object no_resolver(java_env env) {
    java_throw(env, "java/net/UnknownHostException", "a unikernel has no resolver of a system; use the module dns");
    return NULL;
}

java_object Java_java_net_Inet4AddressImpl_lookupAllHostAddr(java_env env, java_object self, java_object host) {
    (void)self, (void)host;
    return no_resolver(env);
}

java_object Java_java_net_Inet6AddressImpl_lookupAllHostAddr(java_env env, java_object self, java_object host,
                                                             int characteristics) {
    (void)self, (void)host, (void)characteristics;
    return no_resolver(env);
}

java_object Java_java_net_NetworkInterface_boundInetAddress0(java_env env, java_object class, java_object address) {
    (void)env, (void)class, (void)address;
    return NULL;
}

java_object Java_java_net_NetworkInterface_getByName0(java_env env, java_object class, java_object name) {
    (void)env, (void)class, (void)name;
    return NULL;
}

java_object Java_java_net_NetworkInterface_getAll(java_env env, java_object class) {
    (void)env, (void)class;
    return NULL;
}

int Java_sun_nio_ch_IOUtil_iovMax(java_env env, java_object class) {
    (void)env, (void)class;
    return 16;
}

int64_t Java_sun_nio_ch_IOUtil_writevMax(java_env env, java_object class) {
    (void)env, (void)class;
    return 1 << 20;
}

int64_t Java_sun_nio_ch_NativeThread_current0(java_env env, java_object class) {
    (void)env, (void)class;
    return 0;
}
