// The loops behind sn_limits.h.

// Chains of multiply-adds: enough to hide their latency (4 or 5 cycles, two a cycle) with some
// to spare, few enough for 16 registers.
#define SN_FMA_CHAINS 12
// Multiply-adds of a chain in a round.
#define SN_FMA_DEPTH 64

static float SN_ISA(fma_rounds)(size_t rounds) {
    vf sum[SN_FMA_CHAINS];
    for (int i = 0; i < SN_FMA_CHAINS; i++) sum[i] = vf_set((float)i);
    const vf factor = vf_set(0.999f), term = vf_set(0.5f);
    for (size_t round = 0; round < rounds * SN_FMA_DEPTH; round++)
#pragma clang loop unroll(full)
        for (int i = 0; i < SN_FMA_CHAINS; i++) sum[i] = vf_fma(sum[i], factor, term);
    for (int i = 1; i < SN_FMA_CHAINS; i++) sum[0] = sum[0] + sum[i];
    float lanes[SN_LANES];
    vf_store(lanes, sum[0]);
    return lanes[0];
}

// Eight loads in flight; a part of the sum is returned, which is enough to need all of it.
static float SN_ISA(read_sum)(const float *x, size_t n) {
    vf sum[8];
    for (int i = 0; i < 8; i++) sum[i] = vf_set(0);
    size_t i = 0;
    for (; i + 8 * SN_LANES <= n; i += 8 * SN_LANES)
#pragma clang loop unroll(full)
        for (int v = 0; v < 8; v++) sum[v] = sum[v] + vf_load(x + i + v * SN_LANES);
    for (int v = 1; v < 8; v++) sum[0] = sum[0] + sum[v];
    float lanes[SN_LANES], rest = 0;
    vf_store(lanes, sum[0]);
    for (; i < n; i++) rest += x[i];
    return lanes[0] + rest;
}
