// Vectors of 8 floats: AVX2 and FMA.
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define SN_LANES 8
typedef __m256 vf;

SN_INLINE vf vf_load(const float *p) { return _mm256_loadu_ps(p); }
SN_INLINE void vf_store(float *p, vf v) { _mm256_storeu_ps(p, v); }
SN_INLINE __m256i vf_mask(size_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
SN_INLINE vf vf_load_n(const float *p, size_t n) { return _mm256_maskload_ps(p, vf_mask(n)); }
SN_INLINE void vf_store_n(float *p, vf v, size_t n) { _mm256_maskstore_ps(p, vf_mask(n), v); }
SN_INLINE vf vf_set(float x) { return _mm256_set1_ps(x); }
// The bf16 in the low, or the high, 16 bits of each lane.
SN_INLINE vf vf_low_bf16(vf pair) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_castps_si256(pair), 16));
}
SN_INLINE vf vf_high_bf16(vf pair) {
    return _mm256_and_ps(pair, _mm256_castsi256_ps(_mm256_set1_epi32((int)0xffff0000u)));
}
SN_INLINE vf vf_fma(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }
// The same in the register of c: left to itself, the compiler may take that of a or b, which ends
// there, and move the sum back in every turn of a loop.
SN_INLINE vf vf_fma_in_place(vf a, vf b, vf c) {
    __asm__("vfmadd231ps %2, %1, %0" : "+x"(c) : "x"(a), "x"(b));
    return c;
}
// Nothing of v[n] goes on before all of it has come here, for n = 2 or 4: left to itself, the
// compiler puts one chain of operations behind the other.
SN_INLINE void vf_together(vf *v, const int n) {
    if (n == 4)
        __asm__("" : "+x"(v[0]), "+x"(v[1]), "+x"(v[2]), "+x"(v[3]));
    else if (n == 2)
        __asm__("" : "+x"(v[0]), "+x"(v[1]));
}
SN_INLINE vf vf_fnma(vf a, vf b, vf c) { return _mm256_fnmadd_ps(a, b, c); }
// The second operand when either is NaN.
SN_INLINE vf vf_max(vf a, vf b) { return _mm256_max_ps(a, b); }
SN_INLINE vf vf_min(vf a, vf b) { return _mm256_min_ps(a, b); }
SN_INLINE vf vf_sqrt(vf a) { return _mm256_sqrt_ps(a); }
SN_INLINE vf vf_abs(vf a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
SN_INLINE vf vf_copysign(vf magnitude, vf sign) {
    const vf bit = _mm256_set1_ps(-0.0f);
    return _mm256_or_ps(_mm256_and_ps(bit, sign), _mm256_andnot_ps(bit, magnitude));
}
SN_INLINE vf vf_round(vf a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
// a · 2^n for integral n in -252 … 254, in two steps so that 2^128 needs no exponent of its own.
SN_INLINE vf vf_scale(vf a, vf n) {
    __m256i whole = _mm256_cvtps_epi32(n);
    __m256i half = _mm256_srai_epi32(whole, 1);
    __m256i rest = _mm256_sub_epi32(whole, half);
    const __m256i bias = _mm256_set1_epi32(127);
    vf first = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(half, bias), 23));
    vf second = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(rest, bias), 23));
    return a * first * second;
}
// 2^n from n + 1.5·2^23, n in -127 … 127; 2^-127 is 0.
SN_INLINE vf vf_power(vf shifted) {
    const __m256i one = _mm256_set1_epi32(0x3f800000);
    return _mm256_castsi256_ps(
        _mm256_add_epi32(_mm256_slli_epi32(_mm256_castps_si256(shifted), 23), one));
}
// 0 where x < limit, else a; NaN x keeps a.
SN_INLINE vf vf_zero_below(vf a, vf x, vf limit) {
    return _mm256_andnot_ps(_mm256_cmp_ps(x, limit, _CMP_LT_OQ), a);
}
// a where x > 0, else 0 (0 for NaN).
SN_INLINE vf vf_where_positive(vf a, vf x) {
    return _mm256_and_ps(_mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_GT_OQ), a);
}
SN_INLINE vf vf_divide(vf n, vf d) { return _mm256_div_ps(n, d); }
