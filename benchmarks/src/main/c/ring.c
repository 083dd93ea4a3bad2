// SPDX-License-Identifier: Apache-2.0
/*
 * What a C programmer writes with the macros of xen/io/ring.h where we use FrontRing and BackRing:
 * the twin of RingRows. Each side copies a slot out before it looks at it.
 *
 * flags: -D__XEN_TOOLS__
 * packages: libxen-dev
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The barriers of libxc's xenctrl.h. */
#if defined(__x86_64__)
#define xen_mb() __asm__ volatile("lock addl $0, -32(%%rsp)" ::: "memory")
#define xen_rmb() __asm__ volatile("" ::: "memory")
#define xen_wmb() __asm__ volatile("" ::: "memory")
#else
#define xen_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define xen_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define xen_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#endif
#include <xen/io/ring.h>

/* 12 octets. */
struct small_request { uint64_t id; uint32_t value; } __attribute__((packed));
struct small_response { uint64_t id; uint32_t value; } __attribute__((packed));
/* 112 octets, of which all are copied. */
struct large_request { uint64_t id; uint32_t value; uint32_t more[25]; };
struct large_response { uint64_t id; uint32_t value; };

DEFINE_RING_TYPES(small, struct small_request, struct small_response);
DEFINE_RING_TYPES(large, struct large_request, struct large_response);
_Static_assert(sizeof(union small_sring_entry) == 12, "small slots");
_Static_assert(sizeof(union large_sring_entry) == 112, "large slots");

/* What a front or a back keeps, on cache lines of its own; sums are what the rows compare. */
#define ENDS(K)                                                                                   \
    struct K##_ends {                                                                             \
        _Alignas(128) K##_front_ring_t front;                                                     \
        struct K##_request ask;                                                                   \
        _Alignas(128) K##_back_ring_t back;                                                       \
    };                                                                                            \
                                                                                                  \
    int64_t K##_ends_octets(int32_t times) {                                                      \
        (void) times;                                                                             \
        return sizeof(struct K##_ends);                                                           \
    }                                                                                             \
                                                                                                  \
    int64_t K##_init(int32_t times, struct K##_ends *ends, K##_sring_t *shared, int64_t octets) { \
        (void) times;                                                                             \
        memset(ends, 0, sizeof *ends);                                                            \
        XEN_FRONT_RING_INIT(&ends->front, shared, octets);                                        \
        BACK_RING_INIT(&ends->back, shared, octets);                                              \
        return RING_SIZE(&ends->front);                                                           \
    }                                                                                             \
                                                                                                  \
    static inline void K##_fill(struct K##_ends *ends, uint32_t i) {                              \
        ends->ask.id = i;                                                                         \
        ends->ask.value = 3 * i;                                                                  \
        *RING_GET_REQUEST(&ends->front, ends->front.req_prod_pvt) = ends->ask;                    \
        ends->front.req_prod_pvt++;                                                               \
    }                                                                                             \
                                                                                                  \
    static inline int K##_push_requests(struct K##_ends *ends) {                                  \
        int notify;                                                                               \
        RING_PUSH_REQUESTS_AND_CHECK_NOTIFY(&ends->front, notify);                                \
        return notify;                                                                            \
    }                                                                                             \
                                                                                                  \
    /* Serves what waits; returns how many, or -1 for a faulty front. */                          \
    static inline int32_t K##_serve(struct K##_ends *ends, int *signals) {                        \
        K##_back_ring_t *back = &ends->back;                                                      \
        RING_IDX prod = *(volatile RING_IDX *) &back->sring->req_prod;                            \
        RING_IDX first = back->req_cons;                                                          \
        xen_rmb();                                                                                \
        if (RING_REQUEST_PROD_OVERFLOW(back, prod)) return -1;                                    \
        if (prod == first) return 0;                                                              \
        while (back->req_cons != prod) {                                                          \
            struct K##_request request;                                                           \
            RING_COPY_REQUEST(back, back->req_cons, &request);                                    \
            back->req_cons++;                                                                     \
            struct K##_response *response = RING_GET_RESPONSE(back, back->rsp_prod_pvt);          \
            response->id = request.id;                                                            \
            response->value = request.value + 1;                                                  \
            back->rsp_prod_pvt++;                                                                 \
        }                                                                                         \
        int notify;                                                                               \
        RING_PUSH_RESPONSES_AND_CHECK_NOTIFY(back, notify);                                       \
        *signals += notify;                                                                       \
        return (int32_t) (prod - first);                                                          \
    }                                                                                             \
                                                                                                  \
    /* Takes what waits; returns how many, or -1 for a faulty back. */                            \
    static inline int32_t K##_collect(struct K##_ends *ends, int64_t *sum) {                      \
        K##_front_ring_t *front = &ends->front;                                                   \
        RING_IDX prod = *(volatile RING_IDX *) &front->sring->rsp_prod;                           \
        RING_IDX first = front->rsp_cons;                                                         \
        xen_rmb();                                                                                \
        if (RING_RESPONSE_PROD_OVERFLOW(front, prod)) return -1;                                  \
        while (front->rsp_cons != prod) {                                                         \
            struct K##_response response;                                                         \
            RING_COPY_RESPONSE(front, front->rsp_cons, &response);                                \
            front->rsp_cons++;                                                                    \
            *sum += response.id + response.value;                                                 \
        }                                                                                         \
        return (int32_t) (prod - first);                                                          \
    }                                                                                             \
                                                                                                  \
    int64_t K##_batches(int32_t times, struct K##_ends *ends, int64_t batch) {                    \
        int64_t sum = 0;                                                                          \
        int signals = 0;                                                                          \
        for (int32_t turn = 0; turn < times; turn++) {                                            \
            for (int64_t i = 0; i < batch; i++) K##_fill(ends, turn + (uint32_t) i);              \
            signals += K##_push_requests(ends);                                                   \
            K##_serve(ends, &signals);                                                            \
            K##_collect(ends, &sum);                                                              \
        }                                                                                         \
        return sum + (signals < 0);                                                               \
    }                                                                                             \
                                                                                                  \
    int64_t K##_near(int32_t times, struct K##_ends *ends, int64_t window) {                      \
        int64_t sum = 0;                                                                          \
        int signals = 0;                                                                          \
        for (int32_t sent = 0, got = 0; got < times;) {                                           \
            int32_t before = sent;                                                                \
            for (; sent < times && sent - got < window; sent++) K##_fill(ends, sent);             \
            if (sent != before) signals += K##_push_requests(ends);                               \
            got += K##_collect(ends, &sum);                                                       \
        }                                                                                         \
        return sum + (signals < 0);                                                               \
    }                                                                                             \
                                                                                                  \
    int64_t K##_far(int32_t times, struct K##_ends *ends) {                                       \
        int signals = 0;                                                                          \
        for (int32_t done = 0; done < times;) done += K##_serve(ends, &signals);                  \
        return signals < 0;                                                                       \
    }

ENDS(small)
ENDS(large)
