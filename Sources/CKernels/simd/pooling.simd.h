// Sums over rows, for pooling.

// y[n] += the sum of weights[r]·rows[r][n] for V vectors of it, r ascending from zero.
SN_INLINE void SN_ISA(add_rows_of)(float *y, const float *const *rows, const float *weights,
                                   size_t count, size_t at, size_t lanes, const int V) {
    vf sum[SN_MAX_VECTORS];
    for (int v = 0; v < V; v++) sum[v] = vf_set(0);
    for (size_t r = 0; r < count; r++) {
        const vf weight = vf_set(weights[r]);
        for (int v = 0; v < V; v++)
            sum[v] = vf_fma(weight, SN_ISA(load_lanes)(rows[r] + at + v * SN_LANES, lanes), sum[v]);
    }
    for (int v = 0; v < V; v++) {
        float *to = y + at + v * SN_LANES;
        SN_ISA(store_lanes)(to, SN_ISA(load_lanes)(to, lanes) + sum[v], lanes);
    }
}

static void SN_ISA(add_rows)(float *y, const float *const *rows, const float *weights,
                             size_t count, size_t n) {
    size_t i = 0;
    for (; i + 4 * SN_LANES <= n; i += 4 * SN_LANES)
        SN_ISA(add_rows_of)(y, rows, weights, count, i, SN_LANES, 4);
    for (; i + SN_LANES <= n; i += SN_LANES)
        SN_ISA(add_rows_of)(y, rows, weights, count, i, SN_LANES, 1);
    if (i < n) SN_ISA(add_rows_of)(y, rows, weights, count, i, n - i, 1);
}

static void SN_ISA(add_scaled)(float *y, const float *x, float factor, size_t n) {
    const vf scale = vf_set(factor);
    for (size_t i = 0; i < n; i += SN_LANES) {
        const size_t lanes = n - i < SN_LANES ? n - i : SN_LANES;
        vf sum = vf_fma(scale, SN_ISA(load_lanes)(x + i, lanes), SN_ISA(load_lanes)(y + i, lanes));
        SN_ISA(store_lanes)(y + i, sum, lanes);
    }
}

static float SN_ISA(dot)(const float *x, const float *y, size_t n) {
    vf parts[4] = {vf_set(0), vf_set(0), vf_set(0), vf_set(0)};
    size_t i = 0;
    for (; i + 4 * SN_LANES <= n; i += 4 * SN_LANES)
        for (size_t part = 0; part < 4; part++)
            parts[part] = vf_fma(vf_load(x + i + part * SN_LANES), vf_load(y + i + part * SN_LANES),
                                 parts[part]);
    for (; i < n; i += SN_LANES) {
        const size_t lanes = n - i < SN_LANES ? n - i : SN_LANES;
        parts[0] = vf_fma(SN_ISA(load_lanes)(x + i, lanes), SN_ISA(load_lanes)(y + i, lanes),
                          parts[0]);
    }
    float lanes[SN_LANES], sum = 0;
    vf_store(lanes, (parts[0] + parts[1]) + (parts[2] + parts[3]));
    for (size_t l = 0; l < SN_LANES; l++) sum += lanes[l];
    return sum;
}
