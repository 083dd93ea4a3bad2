// SPDX-License-Identifier: Apache-2.0
// The other end of Adder.java:  adder front|back FILE COUNT
// cc -O2 -D__XEN_TOOLS__ -o adder adder.c      (xen/io/ring.h: Debian package libxen-dev)
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define xen_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define xen_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define xen_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#include <xen/io/ring.h>

struct add_request { uint32_t id, a, b; };
struct add_response { uint32_t id, sum; };
DEFINE_RING_TYPES(add, struct add_request, struct add_response);

enum { RING_OFFSET = 4096, RING_OCTETS = 4096 };

static int my_bell, peer_bell;
static uint32_t sleeps;

static void die(const char *what, uint32_t value) {
    fprintf(stderr, "adder: %s %u (%s)\n", what, value, strerror(errno));
    exit(1);
}

static int bell(const char *file, const char *suffix) {
    char path[4096];
    snprintf(path, sizeof path, "%s%s", file, suffix);
    int fd = open(path, O_RDWR);
    if (fd < 0) die(path, 0);
    return fd;
}

static void ring_bell(void) { if (write(peer_bell, "", 1) != 1) die("write", 1); }

static void await_bell(void) {
    char rings[64];
    sleeps++;
    if (read(my_bell, rings, sizeof rings) <= 0) die("read", 0);
}

static void back(add_sring_t *shared, uint32_t count) {
    add_back_ring_t ring;
    int notify, work;
    BACK_RING_INIT(&ring, shared, RING_OCTETS);
    for (uint32_t next = 0; next < count;) {
        RING_IDX prod = *(volatile RING_IDX *)&shared->req_prod;
        xen_rmb();
        if (RING_REQUEST_PROD_OVERFLOW(&ring, prod)) die("req_prod", prod);
        while (ring.req_cons != prod) {
            struct add_request request;
            RING_COPY_REQUEST(&ring, ring.req_cons++, &request);
            if (request.a != next) die("lost or doubled request", request.a);
            struct add_response *response = RING_GET_RESPONSE(&ring, ring.rsp_prod_pvt++);
            response->id = request.id;
            response->sum = request.a + request.b;
            next++;
        }
        RING_PUSH_RESPONSES_AND_CHECK_NOTIFY(&ring, notify);
        if (notify) ring_bell();
        if (next == count) break;
        RING_FINAL_CHECK_FOR_REQUESTS(&ring, work);
        if (!work) await_bell();
    }
}

static void front(add_sring_t *shared, uint32_t count) {
    add_front_ring_t ring;
    int notify, work;
    static uint32_t asked[256]; /* by id: a + 1 while the request is in flight */
    FRONT_RING_INIT(&ring, shared, RING_OCTETS);
    for (uint32_t sent = 0, got = 0; got < count;) {
        for (; sent < count && !RING_FULL(&ring); sent++) {
            struct add_request *request = RING_GET_REQUEST(&ring, ring.req_prod_pvt++);
            request->id = sent % 256;
            request->a = sent;
            request->b = 7 * sent;
            asked[sent % 256] = sent + 1;
        }
        RING_PUSH_REQUESTS_AND_CHECK_NOTIFY(&ring, notify);
        if (notify) ring_bell();
        RING_IDX prod = *(volatile RING_IDX *)&shared->rsp_prod;
        xen_rmb();
        if (RING_RESPONSE_PROD_OVERFLOW(&ring, prod)) die("rsp_prod", prod);
        for (; ring.rsp_cons != prod; got++) {
            struct add_response response;
            RING_COPY_RESPONSE(&ring, ring.rsp_cons++, &response);
            if (response.id >= 256 || asked[response.id] == 0) die("nobody asked", response.id);
            if (response.sum != 8 * (asked[response.id] - 1)) die("wrong sum", response.sum);
            asked[response.id] = 0;
        }
        if (got == count) break;
        if (sent < count && !RING_FULL(&ring)) continue;
        RING_FINAL_CHECK_FOR_RESPONSES(&ring, work);
        if (!work) await_bell();
    }
}

int main(int argc, char **argv) {
    if (argc != 4) die("usage: adder front|back FILE COUNT", 0);
    int is_front = strcmp(argv[1], "front") == 0;
    int file = open(argv[2], O_RDWR);
    if (file < 0) die(argv[2], 0);
    my_bell = bell(argv[2], is_front ? ".front" : ".back");
    peer_bell = bell(argv[2], is_front ? ".back" : ".front");
    char *map = mmap(0, RING_OFFSET + RING_OCTETS, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map == MAP_FAILED) die("mmap", 0);
    uint32_t count = strtoul(argv[3], 0, 10);
    (is_front ? front : back)((add_sring_t *)(map + RING_OFFSET), count);
    printf("%s: %u done, slept %u times\n", argv[1], count, sleeps);
    return 0;
}
