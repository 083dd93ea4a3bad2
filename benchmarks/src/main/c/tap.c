// SPDX-License-Identifier: Apache-2.0
/*
 * Frames over two TAPs on a bridge, as a C programmer sends them, and the network namespace for it.
 *
 * packages: libc6-dev
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { HEADER = 10, LARGEST = 65549 };

static int near_fd = -1, far_fd = -1;
static uint8_t out[HEADER + LARGEST], in[HEADER + LARGEST];

static int run(const char *command) { return system(command); }

/* The calling thread gets a network namespace of its own with two bridges; 0 if it may. */
int64_t enter_namespace(int32_t times) {
    (void) times;
    if (unshare(CLONE_NEWNET) != 0) return errno;
    return run("sysctl -qw net.ipv6.conf.default.disable_ipv6=1;"
               "for b in ours theirs; do "
               "ip link add $b type bridge stp_state 0 forward_delay 0 mcast_snooping 0 && "
               "ip link set $b up || exit 1; done");
}

/* Puts the TAPs near and far, which are open, on the bridge ours. */
int64_t join_ours(int32_t times) {
    (void) times;
    return run("for t in near far; do ip link set $t master ours up || exit 1; done");
}

static int tap(const char *name) {
    int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR};
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (fd < 0 || ioctl(fd, TUNSETIFF, &request) != 0) return -1;
    return fd;
}

/* Opens two TAPs of C's own on the bridge theirs. */
int64_t open_theirs(int32_t times) {
    (void) times;
    near_fd = tap("cnear");
    far_fd = tap("cfar");
    if (near_fd < 0 || far_fd < 0) return errno;
    return run("for t in cnear cfar; do ip link set $t master theirs up || exit 1; done");
}

/* Sends a frame, and takes it at the other end. */
int64_t frames(int32_t times, const uint8_t *frame, int64_t length) {
    int64_t octets = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        memset(out, 0, HEADER);
        memcpy(out + HEADER, frame, length);
        if (write(near_fd, out, HEADER + length) != HEADER + length) return -errno;
        ssize_t count;
        while ((count = read(far_fd, in, sizeof in)) < 0) {
            if (errno != EAGAIN) return -errno;
        }
        octets += count - HEADER;
    }
    return octets;
}
