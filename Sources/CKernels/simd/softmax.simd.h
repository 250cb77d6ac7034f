// The element-wise parts of the softmax loss, where a row of the batch is a lane: `x` is
// [words, columns], `row` floats between words, `columns` a multiple of the lanes.
// greatest = the greatest of each column, then x = exp(x - greatest) and sums = its sum,
// words ascending. A NaN makes its column's sum NaN; a column of -inf alone gives zeros.
SN_INLINE void SN_ISA(exp_columns_of)(float *x, size_t row, float *greatest, float *sums,
                                      size_t words, const int V) {
    vf most[SN_MAX_VECTORS], sum[SN_MAX_VECTORS];
    for (int v = 0; v < V; v++) most[v] = vf_set(-FLT_MAX), sum[v] = vf_set(0);
    for (size_t w = 0; w < words; w++)
        for (int v = 0; v < V; v++) most[v] = vf_max(most[v], vf_load(x + w * row + v * SN_LANES));
    for (size_t w = 0; w < words; w++) {
        for (int v = 0; v < V; v++) {
            float *at = x + w * row + v * SN_LANES;
            vf e = vf_exp(vf_load(at) - most[v]);
            vf_store(at, e);
            sum[v] = sum[v] + e;
        }
    }
    for (int v = 0; v < V; v++) {
        vf_store(greatest + v * SN_LANES, most[v]);
        vf_store(sums + v * SN_LANES, sum[v]);
    }
}

static void SN_ISA(exp_columns)(float *x, size_t row, float *greatest, float *sums, size_t words,
                                size_t columns) {
    size_t c = 0;
    for (; c + 4 * SN_LANES <= columns; c += 4 * SN_LANES)
        SN_ISA(exp_columns_of)(x + c, row, greatest + c, sums + c, words, 4);
    for (; c + 2 * SN_LANES <= columns; c += 2 * SN_LANES)
        SN_ISA(exp_columns_of)(x + c, row, greatest + c, sums + c, words, 2);
    for (; c < columns; c += SN_LANES)
        SN_ISA(exp_columns_of)(x + c, row, greatest + c, sums + c, words, 1);
}

// Joins what exp_columns() gave for each of `chunks` runs of words, `row` floats apart:
// the greatest and the sum over all words, and in place of each chunk's greatest the factor
// scale·exp(its greatest - the greatest) / sum that turns its exponentials into scale·p, with a
// scale for each column.
static void SN_ISA(join_chunks)(float *chunk_greatest, const float *chunk_sums, size_t row,
                                float *greatest, float *sums, const float *scales,
                                size_t chunks, size_t columns) {
    for (size_t c = 0; c < columns; c += SN_LANES) {
        vf most = vf_set(-FLT_MAX), sum = vf_set(0);
        for (size_t k = 0; k < chunks; k++)
            most = vf_max(most, vf_load(chunk_greatest + k * row + c));
        for (size_t k = 0; k < chunks; k++) {
            float *at = chunk_greatest + k * row + c;
            vf factor = vf_exp(vf_load(at) - most);
            vf_store(at, factor);
            sum = vf_fma(factor, vf_load(chunk_sums + k * row + c), sum);
        }
        vf share = vf_load(scales + c) / sum;
        for (size_t k = 0; k < chunks; k++) {
            float *at = chunk_greatest + k * row + c;
            vf_store(at, vf_load(at) * share);
        }
        vf_store(greatest + c, most);
        vf_store(sums + c, sum);
    }
}

// x *= factors, a factor for each column.
static void SN_ISA(scale_columns)(float *x, size_t row, const float *factors, size_t words,
                                  size_t columns) {
    for (size_t w = 0; w < words; w++)
        for (size_t c = 0; c < columns; c += SN_LANES)
            vf_store(x + w * row + c, vf_load(x + w * row + c) * vf_load(factors + c));
}

// The sum of x, in an order that n alone fixes.
static float SN_ISA(sum)(const float *x, size_t n) {
    vf parts[4] = {vf_set(0), vf_set(0), vf_set(0), vf_set(0)};
    size_t i = 0;
    for (; i + 4 * SN_LANES <= n; i += 4 * SN_LANES)
        for (size_t part = 0; part < 4; part++)
            parts[part] = parts[part] + vf_load(x + i + part * SN_LANES);
    for (; i < n; i += SN_LANES)
        parts[0] = parts[0] + SN_ISA(load_lanes)(x + i, n - i < SN_LANES ? n - i : SN_LANES);
    float lanes[SN_LANES], sum = 0;
    vf_store(lanes, (parts[0] + parts[1]) + (parts[2] + parts[3]));
    for (size_t l = 0; l < SN_LANES; l++) sum += lanes[l];
    return sum;
}
