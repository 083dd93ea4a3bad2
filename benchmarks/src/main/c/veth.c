// SPDX-License-Identifier: Apache-2.0
/*
 * Linux's TCP at both ends of a pair of virtual Ethernet ports, without offloads, in the calling
 * thread; and what TcpTap needs of the system. Namespaces are of this process alone.
 *
 * packages: libc6-dev
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT = 7 };

static int near_fd = -1, far_fd = -1;
static uint8_t data[1 << 16];

static int run(const char *command) { return system(command); }

/* The calling thread gets a network namespace of its own; 0 if it may. */
int64_t enter_namespace(int32_t times) {
    (void) times;
    return unshare(CLONE_NEWNET) != 0 ? errno : run("ip link set lo up");
}

/* Gives the TAP bench0 Linux's address. */
int64_t raise_tap(int32_t times) {
    (void) times;
    return run("sysctl -qw net.ipv6.conf.bench0.disable_ipv6=1;"
               "ip address add 10.0.0.2/24 dev bench0 && ip link set bench0 up");
}

static int without(const char *port, int fd) {
    static const uint32_t offloads[] = {ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO};
    for (int i = 0; i < 3; i++) {
        struct ethtool_value value = {.cmd = offloads[i], .data = 0};
        struct ifreq request = {.ifr_data = (void *) &value};
        strncpy(request.ifr_name, port, IFNAMSIZ - 1);
        if (ioctl(fd, SIOCETHTOOL, &request) != 0) return errno;
    }
    return 0;
}

static int tcp_socket(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

/* Connects two sockets over the pair; 0 if it worked. */
int64_t open_veth(int32_t times) {
    (void) times;
    char name[64], command[600];
    snprintf(name, sizeof name, "mirage4j-bench-%d", (int) getpid());
    snprintf(command, sizeof command,
             "ip netns add %s && ip link add benchn type veth peer name benchf netns %s && "
             "ip address add 10.1.0.1/24 dev benchn && ip link set benchn up && "
             "ip -n %s address add 10.1.0.2/24 dev benchf && ip -n %s link set benchf up",
             name, name, name, name);
    int status = run(command);
    snprintf(command, sizeof command, "/run/netns/%s", name);
    int here = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    int there = open(command, O_RDONLY | O_CLOEXEC);
    /* The name may go: the namespace stays while it is open. */
    snprintf(command, sizeof command, "ip netns delete %s", name);
    run(command);
    if (status != 0 || here < 0 || there < 0) return -1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    inet_pton(AF_INET, "10.1.0.2", &to.sin_addr);
    near_fd = tcp_socket();
    if (without("benchn", near_fd) != 0 || setns(there, CLONE_NEWNET) != 0) return -1;
    int listener = tcp_socket();
    status = without("benchf", listener) != 0
            || bind(listener, (struct sockaddr *) &to, sizeof to) != 0 || listen(listener, 1) != 0;
    if (setns(here, CLONE_NEWNET) != 0 || status != 0) return -1;
    if (connect(near_fd, (struct sockaddr *) &to, sizeof to) != 0) return errno;
    far_fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    fcntl(near_fd, F_SETFL, O_NONBLOCK);
    close(listener);
    close(here);
    return far_fd < 0 ? errno : 0;
}

/* Writes `length` octets at one end, reads them at the other. */
int64_t veth_bulk(int32_t times, int64_t length) {
    int64_t total = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        int64_t written = 0, got = 0;
        while (got < length) {
            ssize_t count = written < length ? write(near_fd, data, length - written) : 0;
            if (count > 0) written += count;
            count = read(far_fd, data, length - got);
            if (count > 0) got += count;
        }
        total += got;
    }
    return total;
}
