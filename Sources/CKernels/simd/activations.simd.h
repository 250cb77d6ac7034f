// exp, tanh and the logistic sigmoid on vectors, and the element-wise kernels.

// The rest of exp after its whole powers of two: for |r| <= ln(2)/2, exp(r) - 1 within
// 1 ULP. Coefficients: the degree-5 minimax of Cephes' expf (S. Moshier).
SN_INLINE vf vf_expm1_reduced(vf r) {
    vf p = vf_set(1.9875691500e-4f);
    p = vf_fma(p, r, vf_set(1.3981999507e-3f));
    p = vf_fma(p, r, vf_set(8.3334519073e-3f));
    p = vf_fma(p, r, vf_set(4.1665795894e-2f));
    p = vf_fma(p, r, vf_set(1.6666665459e-1f));
    p = vf_fma(p, r, vf_set(5.0000001201e-1f));
    return vf_fma(p, r * r, r);
}

// x = n·ln2 + r with integral n; ln2 in two parts, so that r is exact to its last bit.
SN_INLINE vf vf_reduce_ln2(vf x, vf *n) {
    *n = vf_round(x * vf_set(1.44269504088896341f));
    vf r = vf_fnma(*n, vf_set(0.693359375f), x);
    return vf_fnma(*n, vf_set(-2.12194440e-4f), r);
}

// The same with 2^n, for |n| <= 127: the rounding leaves n in the last bits of a sum, from where
// it is one shift to an exponent.
SN_INLINE vf vf_reduce_ln2_power(vf x, vf *power) {
    const vf shift = vf_set(12582912.0f);  // 1.5·2^23
    vf shifted = vf_fma(x, vf_set(1.44269504088896341f), shift), n = shifted - shift;
    *power = vf_power(shifted);
    vf r = vf_fnma(n, vf_set(0.693359375f), x);
    return vf_fnma(n, vf_set(-2.12194440e-4f), r);
}

#define SN_EXP_LOW -87.3365448f   // below: the result would be denormal, and is 0

// Within 2 ULP; see sn_activations.h.
SN_INLINE vf vf_exp(vf x) {
    vf clamped = vf_min(vf_set(89.0f), vf_max(vf_set(-88.0f), x));
    vf n, r = vf_reduce_ln2(clamped, &n);
    vf y = vf_scale(vf_expm1_reduced(r) + vf_set(1), n);
    return vf_zero_below(y, x, vf_set(SN_EXP_LOW));
}

// Within 3.5 ULP: 1 / (1 + exp(-x)).
SN_INLINE vf vf_sigmoid(vf x) {
    // -x is kept where 1 + exp(-x) has a normal reciprocal.
    vf t = vf_min(vf_set(88.0f), vf_max(vf_set(-88.0f), vf_set(0) - x));
    vf power, r = vf_reduce_ln2_power(t, &power);
    vf e = vf_fma(power, vf_expm1_reduced(r), power);
    return vf_zero_below(vf_divide(vf_set(1), vf_set(1) + e), x, vf_set(SN_EXP_LOW));
}

// Within 3.5 ULP: t / (t + 2) with t = exp(2|x|) - 1, which keeps its digits near 0.
SN_INLINE vf vf_tanh(vf x) {
    vf a = vf_min(vf_set(9.02f), vf_abs(x));
    vf power, r = vf_reduce_ln2_power(a + a, &power);
    vf t = vf_fma(power, vf_expm1_reduced(r), power - vf_set(1));
    return vf_copysign(vf_divide(t, t + vf_set(2)), x);
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
