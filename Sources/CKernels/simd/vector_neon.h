// Vectors of 4 floats: AArch64 NEON.
#include <arm_neon.h>
// Baseline of the architecture: the pragma only mirrors the other instruction sets.
#pragma clang attribute push(__attribute__((flatten)), apply_to = function)

#define SN_LANES 4
typedef float32x4_t vf;

SN_INLINE vf vf_load(const float *p) { return vld1q_f32(p); }
SN_INLINE void vf_store(float *p, vf v) { vst1q_f32(p, v); }
SN_INLINE vf vf_load_n(const float *p, size_t n) {
    float lanes[4] = {0};
    for (size_t i = 0; i < n; i++) lanes[i] = p[i];
    return vld1q_f32(lanes);
}
SN_INLINE void vf_store_n(float *p, vf v, size_t n) {
    float lanes[4];
    vst1q_f32(lanes, v);
    for (size_t i = 0; i < n; i++) p[i] = lanes[i];
}
SN_INLINE vf vf_set(float x) { return vdupq_n_f32(x); }
// The bf16 in the low, or the high, 16 bits of each lane.
SN_INLINE vf vf_low_bf16(vf pair) {
    return vreinterpretq_f32_u32(vshlq_n_u32(vreinterpretq_u32_f32(pair), 16));
}
SN_INLINE vf vf_high_bf16(vf pair) {
    return vreinterpretq_f32_u32(
        vandq_u32(vreinterpretq_u32_f32(pair), vdupq_n_u32(0xffff0000u)));
}
SN_INLINE vf vf_fma(vf a, vf b, vf c) { return vfmaq_f32(c, a, b); }
SN_INLINE vf vf_fma_in_place(vf a, vf b, vf c) { return vf_fma(a, b, c); }
// Nothing: what an order of its own gives has been measured with AVX2 alone.
SN_INLINE void vf_together(vf *v, const int n) { (void)v, (void)n; }
SN_INLINE vf vf_fnma(vf a, vf b, vf c) { return vfmsq_f32(c, a, b); }
// The second operand when either is NaN.
SN_INLINE vf vf_max(vf a, vf b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
SN_INLINE vf vf_min(vf a, vf b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
SN_INLINE vf vf_sqrt(vf a) { return vsqrtq_f32(a); }
SN_INLINE vf vf_abs(vf a) { return vabsq_f32(a); }
SN_INLINE vf vf_copysign(vf magnitude, vf sign) {
    return vbslq_f32(vdupq_n_u32(0x80000000u), sign, magnitude);
}
SN_INLINE vf vf_round(vf a) { return vrndnq_f32(a); }
// a · 2^n for integral n in -252 … 254, in two steps so that 2^128 needs no exponent of its own.
SN_INLINE vf vf_scale(vf a, vf n) {
    int32x4_t whole = vcvtnq_s32_f32(n);
    int32x4_t half = vshrq_n_s32(whole, 1);
    int32x4_t rest = vsubq_s32(whole, half);
    const int32x4_t bias = vdupq_n_s32(127);
    vf first = vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(half, bias), 23));
    vf second = vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(rest, bias), 23));
    return a * first * second;
}
// 2^n from n + 1.5·2^23, n in -127 … 127; 2^-127 is 0.
SN_INLINE vf vf_power(vf shifted) {
    const int32x4_t one = vdupq_n_s32(0x3f800000);
    return vreinterpretq_f32_s32(vaddq_s32(vshlq_n_s32(vreinterpretq_s32_f32(shifted), 23), one));
}
// 0 where x < limit, else a; NaN x keeps a.
SN_INLINE vf vf_zero_below(vf a, vf x, vf limit) {
    return vbslq_f32(vcltq_f32(x, limit), vdupq_n_f32(0), a);
}
// a where x > 0, else 0 (0 for NaN).
SN_INLINE vf vf_where_positive(vf a, vf x) {
    return vbslq_f32(vcgtq_f32(x, vdupq_n_f32(0)), a, vdupq_n_f32(0));
}
SN_INLINE vf vf_divide(vf n, vf d) { return vdivq_f32(n, d); }
