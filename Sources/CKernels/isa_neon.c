#if defined(__aarch64__)
#include "simd/isa.h"

#pragma STDC FP_CONTRACT OFF

#define SN_ISA(name) name##_neon
#define SN_ISA_NAME "neon"
#define SN_REGISTERS 32
#include "simd/vector_neon.h"
#include "simd/isa.simd.h"

#pragma clang attribute pop
#endif
