// Parts of attention: one row x [n] and `count` rows that a table points to. What belongs to each
// row of the table is one chain of its own, so that it does not depend on the others.

// The sum of a vector's lanes, in halves.
SN_INLINE float SN_ISA(sum_lanes)(vf v) {
    float lanes[SN_LANES];
    vf_store(lanes, v);
#pragma clang loop unroll(full)
    for (int half = SN_LANES / 2; half > 0; half /= 2)
#pragma clang loop unroll(full)
        for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
    return lanes[0];
}

// y[r] = x·rows[r] for R rows.
SN_INLINE void SN_ISA(dots_of)(float *y, const float *x, const float *const *rows, size_t n,
                               const int R) {
    vf sums[4];
    for (int r = 0; r < R; r++) sums[r] = vf_set(0);
    size_t i = 0;
    for (; i + SN_LANES <= n; i += SN_LANES) {
        vf a = vf_load(x + i);
        for (int r = 0; r < R; r++) sums[r] = vf_fma(a, vf_load(rows[r] + i), sums[r]);
    }
    if (i < n) {
        vf a = vf_load_n(x + i, n - i);
        for (int r = 0; r < R; r++) sums[r] = vf_fma(a, vf_load_n(rows[r] + i, n - i), sums[r]);
    }
    for (int r = 0; r < R; r++) y[r] = SN_ISA(sum_lanes)(sums[r]);
}

static void SN_ISA(dots)(float *y, const float *x, const float *const *rows, size_t count,
                         size_t n) {
    size_t r = 0;
    for (; r + 4 <= count; r += 4) SN_ISA(dots_of)(y + r, x, rows + r, n, 4);
    for (; r < count; r++) SN_ISA(dots_of)(y + r, x, rows + r, n, 1);
}

static void SN_ISA(tanh_dots)(float *y, const float *x, const float *w, const float *const *rows,
                              size_t count, size_t n) {
    for (size_t r = 0; r < count; r++) {
        vf sum = vf_set(0);
        size_t i = 0;
        for (; i + SN_LANES <= n; i += SN_LANES)
            sum = vf_fma(vf_load(w + i), vf_tanh(vf_load(x + i) + vf_load(rows[r] + i)), sum);
        if (i < n)
            sum = vf_fma(vf_load_n(w + i, n - i),
                         vf_tanh(vf_load_n(x + i, n - i) + vf_load_n(rows[r] + i, n - i)), sum);
        y[r] = SN_ISA(sum_lanes)(sum);
    }
}

static void SN_ISA(tanh_dots_backward)(float *dx, float *dw, float *const *drows, const float *dy,
                                       const float *x, const float *w, const float *const *rows,
                                       size_t count, size_t n) {
    for (size_t i = 0; i < n; i += SN_LANES) {
        const size_t lanes = n - i < SN_LANES ? n - i : SN_LANES;
        const vf a = SN_ISA(load_lanes)(x + i, lanes), weight = SN_ISA(load_lanes)(w + i, lanes);
        vf sum_x = SN_ISA(load_lanes)(dx + i, lanes), sum_w = SN_ISA(load_lanes)(dw + i, lanes);
        for (size_t r = 0; r < count; r++) {
            vf t = vf_tanh(a + SN_ISA(load_lanes)(rows[r] + i, lanes)), d = vf_set(dy[r]);
            vf slope = d * weight * SN_ISA(tanh_slope)(t);
            float *to = drows[r] + i;
            SN_ISA(store_lanes)(to, SN_ISA(load_lanes)(to, lanes) + slope, lanes);
            sum_x = sum_x + slope;
            sum_w = vf_fma(d, t, sum_w);
        }
        SN_ISA(store_lanes)(dx + i, sum_x, lanes);
        SN_ISA(store_lanes)(dw + i, sum_w, lanes);
    }
}
