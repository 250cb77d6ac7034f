// exp, tanh and the logistic sigmoid on vectors, and the element-wise kernels.

// exp(r) - 1 for |r| <= ln(2)/2, within 1 ULP, as r + r²·P(r): the coefficients of P, those of
// the degree-5 minimax of Cephes' expf (S. Moshier).
#define SN_EXP_5 1.9875691500e-4f
#define SN_EXP_4 1.3981999507e-3f
#define SN_EXP_3 8.3334519073e-3f
#define SN_EXP_2 4.1665795894e-2f
#define SN_EXP_1 1.6666665459e-1f
#define SN_EXP_0 5.0000001201e-1f

// An operation of all n of some vectors before the next one of any.
#define SN_ALL(to, ...)                  \
    SN_EACH(j, n) (to)[j] = __VA_ARGS__; \
    vf_together(to, n)

// p[j] = scale[j]·P(f[j]·s[j]) for j < n, scale and f powers of two, which cost and round nothing.
SN_INLINE void SN_ISA(exp_polynomials)(vf *p, const vf *s, const int n, const float *f,
                                       const float *scale) {
    SN_EACH(j, n) p[j] = vf_set(scale[j] * f[j] * f[j] * f[j] * f[j] * f[j] * SN_EXP_5);
    SN_ALL(p, vf_fma(p[j], s[j], vf_set(scale[j] * f[j] * f[j] * f[j] * f[j] * SN_EXP_4)));
    SN_ALL(p, vf_fma(p[j], s[j], vf_set(scale[j] * f[j] * f[j] * f[j] * SN_EXP_3)));
    SN_ALL(p, vf_fma(p[j], s[j], vf_set(scale[j] * f[j] * f[j] * SN_EXP_2)));
    SN_ALL(p, vf_fma(p[j], s[j], vf_set(scale[j] * f[j] * SN_EXP_1)));
    SN_ALL(p, vf_fma(p[j], s[j], vf_set(scale[j] * SN_EXP_0)));
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
    vf p;
    SN_ISA(exp_polynomials)(&p, &r, 1, (const float[]){1}, (const float[]){1});
    vf less_one = vf_fma(p, r * r, r);
    vf y = vf_scale(less_one + vf_set(1), n);
    return vf_zero_below(y, x, vf_set(SN_EXP_LOW));
}

// 1.5·2^23: a sum with it rounds to an integer, which it leaves in its last bits, from where it is
// one shift to an exponent.
#define SN_ROUNDING 12582912.0f

// An activation is a chain of some 20 operations, each of which waits for the one before. Of those
// that wait, the schedulers of a Zen 3 hold 64: the chains of three activations, which hardly fill
// its units. So this many go through their operations together.
enum { SN_ACTIVATIONS_TOGETHER = 4 };

// x[j], j < n, becomes its tanh where bit j of `tanhs` is set, else its sigmoid, both within
// 3.5 ULP; n is 1, 2 or 4.
//   sigmoid  1 / (1 + exp(-x)), with -x = k·ln2 - s. x is kept where exp(-x) is finite; the
//            reciprocal is denormal below -87.34, and flushed to zero within sn_parallel().
//   tanh     t / (t + 1) with t = (exp(2|x|) - 1) / 2, which keeps its digits near 0, and
//            2|x| = k·ln2 + 2s.
SN_INLINE void SN_ISA(activate)(vf *x, const int n, const unsigned tanhs) {
#define SN_IS_TANH (tanhs >> j & 1)
    enum { MOST = SN_ACTIVATIONS_TOGETHER };
    vf kept[MOST], rounded[MOST], k[MOST], s[MOST], p[MOST], power[MOST], below[MOST];
    SN_ALL(kept, SN_IS_TANH ? vf_min(vf_set(9.02f), vf_abs(x[j]))
                            : vf_min(vf_set(88.0f), vf_max(vf_set(-88.0f), x[j])));
    SN_ALL(rounded, SN_IS_TANH ? vf_fma(kept[j], vf_set(2 * SN_LOG2_E), vf_set(SN_ROUNDING))
                               : vf_fnma(kept[j], vf_set(SN_LOG2_E), vf_set(SN_ROUNDING)));
    SN_ALL(k, rounded[j] - vf_set(SN_ROUNDING));
    SN_ALL(s, SN_IS_TANH ? vf_fnma(k[j], vf_set(SN_LN2_HIGH / 2), kept[j])
                         : vf_fma(k[j], vf_set(SN_LN2_HIGH), kept[j]));
    SN_ALL(s, SN_IS_TANH ? vf_fnma(k[j], vf_set(SN_LN2_LOW / 2), s[j])
                         : vf_fma(k[j], vf_set(SN_LN2_LOW), s[j]));
    // 2·P(2s), or P(-s).
    float f[MOST], scale[MOST];
    SN_EACH(j, n) f[j] = SN_IS_TANH ? 2 : -1;
    SN_EACH(j, n) scale[j] = SN_IS_TANH ? 2 : 1;
    SN_ISA(exp_polynomials)(p, s, n, f, scale);
    // (exp(2s) - 1) / 2, or 1 - exp(-s).
    SN_ALL(p, SN_IS_TANH ? vf_fma(p[j], s[j] * s[j], s[j]) : vf_fnma(p[j], s[j] * s[j], s[j]));
    SN_EACH(j, n) power[j] = vf_power(rounded[j]);
    // t, or exp(-x).
    SN_ALL(p, SN_IS_TANH
                  ? vf_fma(power[j], p[j], vf_fma(power[j], vf_set(0.5f), vf_set(-0.5f)))
                  : vf_fnma(power[j], p[j], power[j]));
    SN_ALL(below, vf_set(1) + p[j]);
    SN_EACH(j, n) x[j] = SN_IS_TANH ? vf_copysign(vf_divide(p[j], below[j]), x[j])
                                    : vf_divide(vf_set(1), below[j]);
#undef SN_IS_TANH
}

// Within 3.5 ULP.
SN_INLINE vf vf_tanh(vf x) {
    SN_ISA(activate)(&x, 1, 1);
    return x;
}

// The activations of R rows of V vectors each, or of `lanes` lanes of one.
SN_INLINE void SN_ISA(activate_tile)(float *y, size_t y_row, const float *x, size_t x_row,
                                     const int R, const int V, size_t lanes, const bool is_tanh) {
    SN_ASSERT(R * V <= SN_ACTIVATIONS_TOGETHER && (V == 1 || lanes == SN_LANES));
    vf z[SN_ACTIVATIONS_TOGETHER];
    SN_EACH(r, R) SN_EACH(v, V)
        z[r * V + v] = SN_ISA(load_lanes)(x + (size_t)r * x_row + v * SN_LANES, lanes);
    SN_ISA(activate)(z, R * V, is_tanh ? ~0u : 0);
    SN_EACH(r, R) SN_EACH(v, V)
        SN_ISA(store_lanes)(y + (size_t)r * y_row + v * SN_LANES, z[r * V + v], lanes);
}

// The same for all rows, R at a time.
SN_INLINE void SN_ISA(activate_columns)(float *y, size_t y_row, const float *x, size_t x_row,
                                        size_t rows, const int R, const int V, size_t lanes,
                                        const bool is_tanh) {
    size_t r = 0;
    for (; r + (size_t)R <= rows; r += (size_t)R)
        SN_ISA(activate_tile)(y + r * y_row, y_row, x + r * x_row, x_row, R, V, lanes, is_tanh);
    for (; R > 1 && r < rows; r++)
        SN_ISA(activate_tile)(y + r * y_row, y_row, x + r * x_row, x_row, 1, V, lanes, is_tanh);
}

// y = tanh or sigmoid of x for rows of n floats; y may be x.
SN_INLINE void SN_ISA(activate_rows)(float *y, size_t y_row, const float *x, size_t x_row,
                                     size_t rows, size_t n, const bool is_tanh) {
#define SN_COLUMNS(R, V, lanes) \
    SN_ISA(activate_columns)(y + i, y_row, x + i, x_row, rows, R, V, lanes, is_tanh)
    size_t i = 0;
    for (; i + 4 * SN_LANES <= n; i += 4 * SN_LANES) SN_COLUMNS(1, 4, SN_LANES);
    for (; i + 2 * SN_LANES <= n; i += 2 * SN_LANES) SN_COLUMNS(2, 2, SN_LANES);
    for (; i + SN_LANES <= n; i += SN_LANES) SN_COLUMNS(4, 1, SN_LANES);
    if (i < n) SN_COLUMNS(4, 1, n - i);
#undef SN_COLUMNS
}

static void SN_ISA(tanh_rows)(float *y, size_t y_row, const float *x, size_t x_row, size_t rows,
                              size_t n) {
    SN_ISA(activate_rows)(y, y_row, x, x_row, rows, n, true);
}

static void SN_ISA(sigmoid_rows)(float *y, size_t y_row, const float *x, size_t x_row,
                                 size_t rows, size_t n) {
    SN_ISA(activate_rows)(y, y_row, x, x_row, rows, n, false);
}

static void SN_ISA(tanh)(float *y, const float *x, size_t n) {
    SN_ISA(tanh_rows)(y, n, x, n, 1, n);
}

static void SN_ISA(sigmoid)(float *y, const float *x, size_t n) {
    SN_ISA(sigmoid_rows)(y, n, x, n, 1, n);
}

static void SN_ISA(exp)(float *y, const float *x, size_t n) {
    size_t i = 0;
    for (; i + SN_LANES <= n; i += SN_LANES) vf_store(y + i, vf_exp(vf_load(x + i)));
    if (i < n) vf_store_n(y + i, vf_exp(vf_load_n(x + i, n - i)), n - i);
}

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
