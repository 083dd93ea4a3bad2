/* SPDX-License-Identifier: Apache-2.0 */
/* How the free memory is shared out. The collector gives up the whole guest when it finds no room for survivors in the middle
   of its work, so the heap is promised more than it is told:

       | the heap as Java knows it: 64 % | room for the collector: 16 % | stacks, malloc, direct buffers: 20 % |

   The builder lets the heap have 80 % of what sysconf reports, so 80 % of the memory is reported. */
#ifndef SHARES_H
#define SHARES_H

#include <stddef.h>

enum { REPORTED_PERCENT = 80, OTHERS_PERCENT = 20, OTHERS_AT_LEAST = 256 /* pages: 1 MB */ };

static inline size_t share_reported(size_t pages) {
    return pages * REPORTED_PERCENT / 100;
}

static inline size_t share_of_others(size_t pages) {
    size_t share = pages * OTHERS_PERCENT / 100;
    return share < OTHERS_AT_LEAST ? OTHERS_AT_LEAST : share;
}

#endif
