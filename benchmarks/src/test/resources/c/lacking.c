// SPDX-License-Identifier: Apache-2.0
/*
 * packages: libnowhere-dev
 */
#include <nowhere/to/be/found.h>
