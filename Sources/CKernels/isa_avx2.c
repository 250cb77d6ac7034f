#if defined(__x86_64__)
#include "simd/isa.h"

#pragma STDC FP_CONTRACT OFF

#define SN_ISA(name) name##_avx2
#define SN_ISA_NAME "avx2"
#define SN_REGISTERS 16
#include "simd/vector_avx2.h"
#include "simd/isa.simd.h"

#pragma clang attribute pop
#endif
