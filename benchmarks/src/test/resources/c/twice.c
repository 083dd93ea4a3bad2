// SPDX-License-Identifier: Apache-2.0
#include <stdint.h>

int64_t twice(int32_t times, const int8_t *first, int64_t more) { return 2 * times + *first + more; }
