/* SPDX-License-Identifier: Apache-2.0 */
/* Which features the processor has, in the builder's words, and whether it has those that the image was compiled for. */
#include <cpuid.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "amd64cpufeatures.h"
#include "console.h"
#include "panic.h"

struct leaf {
    unsigned eax, ebx, ecx, edx;
};

static struct leaf cpuid(unsigned number, unsigned sub) {
    struct leaf leaf = {0};
    __get_cpuid_count(number, sub, &leaf.eax, &leaf.ebx, &leaf.ecx, &leaf.edx);
    return leaf;
}

static bool bit(unsigned word, int number) {
    return (word >> number) & 1;
}

/* The parts of the extended state that the boot layer, or the host, has switched on. */
static bool saves(unsigned parts) {
    enum { OSXSAVE = 27 };
    if (!bit(cpuid(1, 0).ecx, OSXSAVE)) {
        return false;
    }
    unsigned low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & parts) == parts;
}

/* The runtime's: fills in what this processor has. */
void determineCPUFeatures(CPUFeatures *features) {
    enum { XMM_YMM = 0x06, OPMASK_ZMM = 0xe6 };
    struct leaf basic = cpuid(1, 0), extended = cpuid(7, 0), amd = cpuid(0x80000001, 0), power = cpuid(0x80000007, 0);
    bool avx = saves(XMM_YMM) && bit(basic.ecx, 28);
    bool avx512 = avx && saves(OPMASK_ZMM) && bit(extended.ebx, 16);
    *features = (CPUFeatures){
        .fCX8 = bit(basic.edx, 8),
        .fCMOV = bit(basic.edx, 15),
        .fFXSR = bit(basic.edx, 24),
        .fHT = bit(basic.edx, 28),
        .fMMX = bit(basic.edx, 23),
        .fAMD_3DNOW_PREFETCH = bit(amd.ecx, 8),
        .fSSE = bit(basic.edx, 25),
        .fSSE2 = bit(basic.edx, 26),
        .fSSE3 = bit(basic.ecx, 0),
        .fSSSE3 = bit(basic.ecx, 9),
        .fSSE4A = bit(amd.ecx, 6),
        .fSSE4_1 = bit(basic.ecx, 19),
        .fSSE4_2 = bit(basic.ecx, 20),
        .fPOPCNT = bit(basic.ecx, 23),
        .fLZCNT = bit(amd.ecx, 5),
        .fTSC = bit(basic.edx, 4),
        .fTSCINV = bit(power.edx, 8),
        .fTSCINV_BIT = bit(power.edx, 8),
        .fAES = bit(basic.ecx, 25),
        .fERMS = bit(extended.ebx, 9),
        .fCLMUL = bit(basic.ecx, 1),
        .fBMI1 = bit(extended.ebx, 3),
        .fBMI2 = bit(extended.ebx, 8),
        .fADX = bit(extended.ebx, 19),
        .fSHA = bit(extended.ebx, 29),
        .fFLUSH = bit(basic.edx, 19),
        .fFLUSHOPT = bit(extended.ebx, 23),
        .fCLWB = bit(extended.ebx, 24),
        .fHV = bit(basic.ecx, 31),
        .fSERIALIZE = bit(extended.edx, 14),
        .fRDTSCP = bit(amd.edx, 27),
        .fRDPID = bit(extended.ecx, 22),
        .fFSRM = bit(extended.edx, 4),
        .fGFNI = bit(extended.ecx, 8),
        .fAVX = avx,
        .fAVX2 = avx && bit(extended.ebx, 5),
        .fFMA = avx && bit(basic.ecx, 12),
        .fF16C = avx && bit(basic.ecx, 29),
        .fVZEROUPPER = avx,
        .fAVX512F = avx512,
        .fAVX512DQ = avx512 && bit(extended.ebx, 17),
        .fAVX512_IFMA = avx512 && bit(extended.ebx, 21),
        .fAVX512PF = avx512 && bit(extended.ebx, 26),
        .fAVX512ER = avx512 && bit(extended.ebx, 27),
        .fAVX512CD = avx512 && bit(extended.ebx, 28),
        .fAVX512BW = avx512 && bit(extended.ebx, 30),
        .fAVX512VL = avx512 && bit(extended.ebx, 31),
        .fAVX512_VBMI = avx512 && bit(extended.ecx, 1),
        .fAVX512_VBMI2 = avx512 && bit(extended.ecx, 6),
        .fAVX512_VAES = avx512 && bit(extended.ecx, 9),
        .fAVX512_VPCLMULQDQ = avx512 && bit(extended.ecx, 10),
        .fAVX512_VNNI = avx512 && bit(extended.ecx, 11),
        .fAVX512_BITALG = avx512 && bit(extended.ecx, 12),
        .fAVX512_VPOPCNTDQ = avx512 && bit(extended.ecx, 14),
    };
}

static const char *const names[] = {
#define CPU_FEATURE_NAME(name) #name,
    CPU_FEATURES(CPU_FEATURE_NAME)
};

/* The runtime's: 0 if this processor has all that the image was compiled for. The mask has 0xfe for each feature that is
   needed, 0xff for the others. */
int checkCPUFeatures(const uint8_t *mask) {
    CPUFeatures features;
    determineCPUFeatures(&features);
    const uint8_t *has = (const uint8_t *)&features;
    bool all = true;
    for (size_t i = 0; i < sizeof features; i++) {
        if ((has[i] | mask[i]) != 0xff) {
            print(all ? "the image needs a processor with" : ",");
            print(" ");
            print(names[i] + 1); /* without the f of `feature` */
            all = false;
        }
    }
    if (!all) {
        print("\n");
        panic("this processor is too old; build for x86-64 without extensions");
    }
    return 0;
}
