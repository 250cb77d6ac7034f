// Vectors of 16 floats: AVX-512 F, DQ, BW, VL.
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)

#define SN_LANES 16
typedef __m512 vf;

SN_INLINE vf vf_load(const float *p) { return _mm512_loadu_ps(p); }
SN_INLINE void vf_store(float *p, vf v) { _mm512_storeu_ps(p, v); }
SN_INLINE __mmask16 vf_mask(size_t n) { return (__mmask16)((1u << n) - 1u); }
SN_INLINE vf vf_load_n(const float *p, size_t n) { return _mm512_maskz_loadu_ps(vf_mask(n), p); }
SN_INLINE void vf_store_n(float *p, vf v, size_t n) { _mm512_mask_storeu_ps(p, vf_mask(n), v); }
SN_INLINE vf vf_set(float x) { return _mm512_set1_ps(x); }
// The bf16 in the low, or the high, 16 bits of each lane.
SN_INLINE vf vf_low_bf16(vf pair) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_castps_si512(pair), 16));
}
SN_INLINE vf vf_high_bf16(vf pair) {
    const __m512i high = _mm512_set1_epi32((int)0xffff0000u);
    return _mm512_castsi512_ps(_mm512_and_epi32(_mm512_castps_si512(pair), high));
}
SN_INLINE vf vf_fma(vf a, vf b, vf c) { return _mm512_fmadd_ps(a, b, c); }
// The same in the register of c: left to itself, the compiler may take that of a or b, which ends
// there, and move the sum back in every turn of a loop.
SN_INLINE vf vf_fma_in_place(vf a, vf b, vf c) {
    __asm__("vfmadd231ps %2, %1, %0" : "+v"(c) : "v"(a), "v"(b));
    return c;
}
// Nothing: what an order of its own gives has been measured with AVX2 alone.
SN_INLINE void vf_together(vf *v, const int n) { (void)v, (void)n; }
SN_INLINE vf vf_fnma(vf a, vf b, vf c) { return _mm512_fnmadd_ps(a, b, c); }
// The second operand when either is NaN.
SN_INLINE vf vf_max(vf a, vf b) { return _mm512_max_ps(a, b); }
SN_INLINE vf vf_min(vf a, vf b) { return _mm512_min_ps(a, b); }
SN_INLINE vf vf_sqrt(vf a) { return _mm512_sqrt_ps(a); }
SN_INLINE vf vf_abs(vf a) { return _mm512_abs_ps(a); }
SN_INLINE vf vf_copysign(vf magnitude, vf sign) {
    const __m512i bit = _mm512_set1_epi32((int)0x80000000u);
    return _mm512_castsi512_ps(_mm512_ternarylogic_epi32(
        _mm512_castps_si512(magnitude), _mm512_castps_si512(sign), bit, 0xD8));
}
SN_INLINE vf vf_round(vf a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
// a · 2^n for integral n.
SN_INLINE vf vf_scale(vf a, vf n) { return _mm512_scalef_ps(a, n); }
// 2^n from n + 1.5·2^23, n in -127 … 127; 2^-127 is 0.
SN_INLINE vf vf_power(vf shifted) {
    const __m512i one = _mm512_set1_epi32(0x3f800000);
    return _mm512_castsi512_ps(
        _mm512_add_epi32(_mm512_slli_epi32(_mm512_castps_si512(shifted), 23), one));
}
// 0 where x < limit, else a; NaN x keeps a.
SN_INLINE vf vf_zero_below(vf a, vf x, vf limit) {
    return _mm512_maskz_mov_ps((__mmask16)~_mm512_cmp_ps_mask(x, limit, _CMP_LT_OQ), a);
}
// a where x > 0, else 0 (0 for NaN).
SN_INLINE vf vf_where_positive(vf a, vf x) {
    return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ), a);
}
SN_INLINE vf vf_divide(vf n, vf d) { return _mm512_div_ps(n, d); }
