#if defined(__x86_64__)
#include "simd/isa.h"

#pragma STDC FP_CONTRACT OFF

#define SN_ISA(name) name##_avx512
#define SN_ISA_NAME "avx512"
#define SN_REGISTERS 32
#include "simd/vector_avx512.h"
#include "simd/isa.simd.h"

#pragma clang attribute pop
#endif
