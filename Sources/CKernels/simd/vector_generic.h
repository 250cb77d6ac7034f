// Vectors of 4 floats in plain C, for any CPU. Products and sums round separately where the
// CPU has no fused multiply-add in its baseline.
#include <math.h>
#include <string.h>
#pragma clang attribute push(__attribute__((flatten)), apply_to = function)

#define SN_LANES 4
typedef float vf __attribute__((vector_size(16)));
typedef int32_t vi __attribute__((vector_size(16)));

SN_INLINE vf vf_load(const float *p) {
    vf v;
    memcpy(&v, p, sizeof v);
    return v;
}
SN_INLINE void vf_store(float *p, vf v) { memcpy(p, &v, sizeof v); }
SN_INLINE vf vf_load_n(const float *p, size_t n) {
    vf v = {0};
    for (size_t i = 0; i < SN_LANES; i++) v[i] = i < n ? p[i] : 0;
    return v;
}
SN_INLINE void vf_store_n(float *p, vf v, size_t n) {
    for (size_t i = 0; i < SN_LANES; i++)
        if (i < n) p[i] = v[i];
}
SN_INLINE vf vf_set(float x) { return (vf){x, x, x, x}; }
// The bf16 in the low, or the high, 16 bits of each lane.
SN_INLINE vf vf_low_bf16(vf pair) { return (vf)((vi)pair << 16); }
SN_INLINE vf vf_high_bf16(vf pair) { return (vf)((vi)pair & ~0xffff); }
SN_INLINE vf vf_fma(vf a, vf b, vf c) { return a * b + c; }
SN_INLINE vf vf_fma_in_place(vf a, vf b, vf c) { return vf_fma(a, b, c); }
// Nothing: what an order of its own gives has been measured with AVX2 alone.
SN_INLINE void vf_together(vf *v, const int n) { (void)v, (void)n; }
SN_INLINE vf vf_fnma(vf a, vf b, vf c) { return c - a * b; }
SN_INLINE vf vf_select(vi mask, vf yes, vf no) { return (vf)(((vi)yes & mask) | ((vi)no & ~mask)); }
// The second operand when either is NaN.
SN_INLINE vf vf_max(vf a, vf b) { return vf_select(a > b, a, b); }
SN_INLINE vf vf_min(vf a, vf b) { return vf_select(a < b, a, b); }
SN_INLINE vf vf_sqrt(vf a) { return (vf){sqrtf(a[0]), sqrtf(a[1]), sqrtf(a[2]), sqrtf(a[3])}; }
SN_INLINE vf vf_abs(vf a) { return (vf)((vi)a & 0x7fffffff); }
SN_INLINE vf vf_copysign(vf magnitude, vf sign) {
    const vi bit = (vi){INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN};
    return (vf)(((vi)sign & bit) | ((vi)magnitude & ~bit));
}
// To the nearest integer, ties to even, for |a| < 2^22: adding 1.5·2^23 drops the fraction.
SN_INLINE vf vf_round(vf a) {
    const vf magic = vf_set(12582912.0f);
    return (a + magic) - magic;
}
// a · 2^n for integral n in -252 … 254, in two steps so that 2^128 needs no exponent of its own.
SN_INLINE vf vf_scale(vf a, vf n) {
    vi whole = __builtin_convertvector(n, vi);
    vi half = whole >> 1;
    vi rest = whole - half;
    return a * (vf)((half + 127) << 23) * (vf)((rest + 127) << 23);
}
// 2^n from n + 1.5·2^23, n in -127 … 127; 2^-127 is 0.
SN_INLINE vf vf_power(vf shifted) { return (vf)(((vi)shifted << 23) + 0x3f800000); }
// 0 where x < limit, else a; NaN x keeps a.
SN_INLINE vf vf_zero_below(vf a, vf x, vf limit) { return vf_select(x < limit, vf_set(0), a); }
// a where x > 0, else 0 (0 for NaN).
SN_INLINE vf vf_where_positive(vf a, vf x) { return vf_select(x > vf_set(0), a, vf_set(0)); }
SN_INLINE vf vf_divide(vf n, vf d) { return n / d; }
