// SPDX-License-Identifier: Apache-2.0
// An echo on one end of an octet ring in a file:  octets console|xenstore|flex front|back FILE COUNT
// Writes back whatever it reads, and ends after COUNT octets. The structures are Xen's own.
// cc -O2 -D__XEN_TOOLS__ -o octets octets.c      (Debian package libxen-dev)
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef uint32_t grant_ref_t;
#include <xen/io/console.h>
#include <xen/io/ring.h>
#include <xen/io/xs_wire.h>
DEFINE_XEN_FLEX_RING_AND_INTF(flex);

enum { RING_OFFSET = 4096, PAGE = 4096, MAX_ORDER = 8 };

/* One direction: `octets` of data, and where its two indexes are. */
struct half {
    char *data;
    uint32_t octets;
    uint32_t *cons, *prod;
};

static void die(const char *what, uint32_t value) {
    fprintf(stderr, "octets: %s %u (%s)\n", what, value, strerror(errno));
    exit(1);
}

static uint32_t queued(const struct half *half, uint32_t prod, uint32_t cons) {
    if (prod - cons > half->octets) die("more octets than the ring holds", prod - cons);
    return prod - cons;
}

static uint32_t take(struct half *from, char *to, uint32_t most) {
    uint32_t cons = *from->cons, n = queued(from, __atomic_load_n(from->prod, __ATOMIC_ACQUIRE), cons);
    if (n > most) n = most;
    for (uint32_t i = 0; i < n; i++) to[i] = from->data[(cons + i) & (from->octets - 1)];
    __atomic_store_n(from->cons, cons + n, __ATOMIC_RELEASE);
    return n;
}

static uint32_t give(struct half *to, const char *from, uint32_t most) {
    uint32_t prod = *to->prod;
    uint32_t n = to->octets - queued(to, prod, __atomic_load_n(to->cons, __ATOMIC_ACQUIRE));
    if (n > most) n = most;
    for (uint32_t i = 0; i < n; i++) to->data[(prod + i) & (to->octets - 1)] = from[i];
    __atomic_store_n(to->prod, prod + n, __ATOMIC_RELEASE);
    return n;
}

static void echo(struct half *in, struct half *out, uint64_t count) {
    char some[777]; /* no divisor of a ring's size, so every cut is met */
    for (uint64_t done = 0; done < count;) {
        uint32_t n = take(in, some, sizeof some);
        if (n == 0) sched_yield();
        for (uint32_t sent = 0; sent < n;) {
            uint32_t m = give(out, some + sent, n - sent);
            if (m == 0) sched_yield();
            sent += m;
        }
        done += n;
    }
}

int main(int argc, char **argv) {
    if (argc != 5) die("usage: octets console|xenstore|flex front|back FILE COUNT", 0);
    int file = open(argv[3], O_RDWR);
    if (file < 0) die(argv[3], 0);
    size_t size = lseek(file, 0, SEEK_END);
    char *map = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map == MAP_FAILED) die("mmap", 0);
    void *ring = map + RING_OFFSET;
    struct half in, out; /* to the front, to the back */
    if (strcmp(argv[1], "console") == 0) {
        struct xencons_interface *page = ring;
        in = (struct half) {page->in, sizeof page->in, &page->in_cons, &page->in_prod};
        out = (struct half) {page->out, sizeof page->out, &page->out_cons, &page->out_prod};
    } else if (strcmp(argv[1], "xenstore") == 0) {
        struct xenstore_domain_interface *page = ring;
        in = (struct half) {page->rsp, sizeof page->rsp, &page->rsp_cons, &page->rsp_prod};
        out = (struct half) {page->req, sizeof page->req, &page->req_cons, &page->req_prod};
    } else {
        struct flex_data_intf *page = ring;
        if (page->ring_order > MAX_ORDER) die("ring_order", page->ring_order);
        uint32_t octets = XEN_FLEX_RING_SIZE(page->ring_order);
        char *data = (char *) ring + PAGE;
        in = (struct half) {data, octets, &page->in_cons, &page->in_prod};
        out = (struct half) {data + octets, octets, &page->out_cons, &page->out_prod};
    }
    uint64_t count = strtoull(argv[4], 0, 10);
    if (strcmp(argv[2], "front") == 0) echo(&in, &out, count);
    else echo(&out, &in, count);
    printf("%s: %llu octets\n", argv[2], (unsigned long long) count);
    return 0;
}
