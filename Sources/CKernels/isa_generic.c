#include "simd/isa.h"

#pragma STDC FP_CONTRACT OFF

#define SN_ISA(name) name##_generic
#define SN_ISA_NAME "generic"
#define SN_REGISTERS 16
#include "simd/vector_generic.h"
#include "simd/isa.simd.h"

#pragma clang attribute pop
