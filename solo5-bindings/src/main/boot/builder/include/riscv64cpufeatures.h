/* SPDX-License-Identifier: Apache-2.0 */
/* The builder reads the headers of all its processors, whichever it builds for. */
typedef struct {
    char fI;
    char fM;
    char fA;
    char fF;
    char fD;
    char fC;
    char fV;
} CPUFeatures;
