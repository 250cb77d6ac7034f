// exp, tanh and the logistic sigmoid on vectors, and the element-wise kernels.

// exp(r) - 1 for |r| <= ln(2)/2, within 1 ULP, as r + r²·P(r): the coefficients of P, those of
// the degree-5 minimax of Cephes' expf (S. Moshier).
#define SN_EXP_5 1.9875691500e-4f
#define SN_EXP_4 1.3981999507e-3f
#define SN_EXP_3 8.3334519073e-3f
#define SN_EXP_2 4.1665795894e-2f
#define SN_EXP_1 1.6666665459e-1f
#define SN_EXP_0 5.0000001201e-1f

// scale·P(f·s), scale and f powers of two, which cost nothing and round nothing.
SN_INLINE vf vf_exp_polynomial(vf s, const float f, const float scale) {
    vf p = vf_set(scale * f * f * f * f * f * SN_EXP_5);
    p = vf_fma(p, s, vf_set(scale * f * f * f * f * SN_EXP_4));
    p = vf_fma(p, s, vf_set(scale * f * f * f * SN_EXP_3));
    p = vf_fma(p, s, vf_set(scale * f * f * SN_EXP_2));
    p = vf_fma(p, s, vf_set(scale * f * SN_EXP_1));
    return vf_fma(p, s, vf_set(scale * SN_EXP_0));
}

#define SN_LOG2_E 1.44269504088896341f
// ln 2 in two parts: a multiple of the first is exact.
#define SN_LN2_HIGH 0.693359375f
#define SN_LN2_LOW -2.12194440e-4f

#define SN_EXP_LOW -87.3365448f   // below: the result would be denormal, and is 0

// Within 2 ULP; see sn_activations.h.
SN_INLINE vf vf_exp(vf x) {
    vf clamped = vf_min(vf_set(89.0f), vf_max(vf_set(-88.0f), x));
    // x = n·ln2 + r with integral n.
    vf n = vf_round(clamped * vf_set(SN_LOG2_E));
    vf r = vf_fnma(n, vf_set(SN_LN2_LOW), vf_fnma(n, vf_set(SN_LN2_HIGH), clamped));
    vf less_one = vf_fma(vf_exp_polynomial(r, 1, 1), r * r, r);
    vf y = vf_scale(less_one + vf_set(1), n);
    return vf_zero_below(y, x, vf_set(SN_EXP_LOW));
}

// 1.5·2^23: a sum with it rounds to an integer, which it leaves in its last bits, from where it is
// one shift to an exponent.
#define SN_ROUNDING 12582912.0f

// Within 3.5 ULP: 1 / (1 + exp(-x)).
SN_INLINE vf vf_sigmoid(vf x) {
    // x is kept where 1 + exp(-x) is finite. Its reciprocal is denormal below -87.34, and flushed
    // to zero within sn_parallel().
    vf t = vf_min(vf_set(88.0f), vf_max(vf_set(-88.0f), x));
    // -x = n·ln2 - s.
    vf sum = vf_fnma(t, vf_set(SN_LOG2_E), vf_set(SN_ROUNDING)), n = sum - vf_set(SN_ROUNDING);
    vf s = vf_fma(n, vf_set(SN_LN2_LOW), vf_fma(n, vf_set(SN_LN2_HIGH), t));
    // 1 - exp(-s).
    vf less = vf_fnma(vf_exp_polynomial(s, -1, 1), s * s, s);
    vf power = vf_power(sum), e = vf_fnma(power, less, power);
    return vf_divide(vf_set(1), vf_set(1) + e);
}

// Within 3.5 ULP: t / (t + 1) with t = (exp(2|x|) - 1) / 2, which keeps its digits near 0.
SN_INLINE vf vf_tanh(vf x) {
    vf a = vf_min(vf_set(9.02f), vf_abs(x));
    // 2a = n·ln2 + 2s.
    vf sum = vf_fma(a, vf_set(2 * SN_LOG2_E), vf_set(SN_ROUNDING)), n = sum - vf_set(SN_ROUNDING);
    vf s = vf_fnma(n, vf_set(SN_LN2_LOW / 2), vf_fnma(n, vf_set(SN_LN2_HIGH / 2), a));
    // (exp(2s) - 1) / 2.
    vf half = vf_fma(vf_exp_polynomial(s, 2, 2), s * s, s), power = vf_power(sum);
    vf t = vf_fma(power, half, vf_fma(power, vf_set(0.5f), vf_set(-0.5f)));
    return vf_copysign(vf_divide(t, t + vf_set(1)), x);
}

#define SN_ELEMENTWISE(name, function)                                 \
    static void SN_ISA(name)(float *y, const float *x, size_t n) {     \
        size_t i = 0;                                                  \
        for (; i + SN_LANES <= n; i += SN_LANES)                       \
            vf_store(y + i, function(vf_load(x + i)));                 \
        if (i < n) vf_store_n(y + i, function(vf_load_n(x + i, n - i)), n - i); \
    }

SN_ELEMENTWISE(exp, vf_exp)
SN_ELEMENTWISE(tanh, vf_tanh)
SN_ELEMENTWISE(sigmoid, vf_sigmoid)

// 1-t², the derivative of tanh at the value t.
SN_INLINE vf SN_ISA(tanh_slope)(vf t) { return vf_fnma(t, t, vf_set(1)); }

static void SN_ISA(tanh_backward)(float *dx, const float *dy, const float *y, size_t n) {
    for (size_t i = 0; i < n; i += SN_LANES) {
        const size_t lanes = n - i < SN_LANES ? n - i : SN_LANES;
        vf slope = SN_ISA(tanh_slope)(SN_ISA(load_lanes)(y + i, lanes));
        vf gradient = SN_ISA(load_lanes)(dy + i, lanes);
        vf sum = vf_fma(gradient, slope, SN_ISA(load_lanes)(dx + i, lanes));
        SN_ISA(store_lanes)(dx + i, sum, lanes);
    }
}

static void SN_ISA(add)(float *y, const float *x, size_t n) {
    size_t i = 0;
    for (; i + SN_LANES <= n; i += SN_LANES) vf_store(y + i, vf_load(y + i) + vf_load(x + i));
    for (; i < n; i++) y[i] += x[i];
}

static float SN_ISA(max)(const float *x, size_t n) {
    vf greatest = vf_set(x[0]);
    size_t i = 0;
    for (; i + SN_LANES <= n; i += SN_LANES) greatest = vf_max(greatest, vf_load(x + i));
    float lanes[SN_LANES], result = x[0];
    vf_store(lanes, greatest);
    for (size_t l = 0; l < SN_LANES; l++) result = lanes[l] > result ? lanes[l] : result;
    for (; i < n; i++) result = x[i] > result ? x[i] : result;
    return result;
}

static float SN_ISA(exp_sum)(float *y, const float *x, float shift, size_t n) {
    const vf offset = vf_set(shift);
    vf sums[4] = {vf_set(0), vf_set(0), vf_set(0), vf_set(0)};
    size_t i = 0;
    for (; i + 4 * SN_LANES <= n; i += 4 * SN_LANES) {
        for (size_t part = 0; part < 4; part++) {
            vf e = vf_exp(vf_load(x + i + part * SN_LANES) - offset);
            vf_store(y + i + part * SN_LANES, e);
            sums[part] = sums[part] + e;
        }
    }
    float lanes[SN_LANES], sum = 0;
    vf_store(lanes, (sums[0] + sums[1]) + (sums[2] + sums[3]));
    for (size_t l = 0; l < SN_LANES; l++) sum += lanes[l];
    for (; i < n; i += SN_LANES) {
        size_t rest = n - i < SN_LANES ? n - i : SN_LANES;
        vf e = vf_exp(vf_load_n(x + i, rest) - offset);
        vf_store_n(y + i, e, rest);
        vf_store(lanes, e);
        for (size_t l = 0; l < rest; l++) sum += lanes[l];
    }
    return sum;
}

static double SN_ISA(sum_of_squares)(const float *x, size_t n) {
    // Eight float64 chains; their number is fixed, so every instruction set agrees.
    double sums[8] = {0};
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t l = 0; l < 8; l++) sums[l] += (double)x[i + l] * (double)x[i + l];
    for (size_t l = 0; i < n; i++, l++) sums[l] += (double)x[i] * (double)x[i];
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}
