// One pass over a run of parameters for each optimiser; see sn_optimizer.h.

SN_INLINE void SN_ISA(sgd_lanes)(float *w, float *v, const float *g, float scale, float rate,
                                 float momentum, float decay, size_t n) {
    vf weight = SN_ISA(load_lanes)(w, n);
    vf d = vf_fma(vf_set(decay), weight, vf_set(scale) * SN_ISA(load_lanes)(g, n));
    if (v) {
        d = vf_fma(vf_set(momentum), SN_ISA(load_lanes)(v, n), d);
        SN_ISA(store_lanes)(v, d, n);
    }
    SN_ISA(store_lanes)(w, vf_fnma(vf_set(rate), d, weight), n);
}

static void SN_ISA(sgd)(float *w, float *v, const float *g, float scale, float rate,
                        float momentum, float decay, size_t n) {
    for (size_t i = 0; i < n; i += SN_LANES)
        SN_ISA(sgd_lanes)(w + i, v ? v + i : NULL, g + i, scale, rate, momentum, decay,
                          n - i < SN_LANES ? n - i : SN_LANES);
}

static void SN_ISA(adam)(float *w, float *m, float *v, const float *g, const sn_adam *o,
                         size_t n) {
    const vf scale = vf_set(o->scale), decay = vf_set(o->decay);
    const vf beta1 = vf_set(o->beta1), rest1 = vf_set(1 - o->beta1);
    const vf beta2 = vf_set(o->beta2), rest2 = vf_set(1 - o->beta2);
    const vf rate = vf_set(o->rate / o->correction1), epsilon = vf_set(o->epsilon);
    const vf root = vf_set(1 / o->correction2);
    const vf shrink = vf_set(1 - o->rate * o->decoupled_decay);
    for (size_t i = 0; i < n; i += SN_LANES) {
        const size_t lanes = n - i < SN_LANES ? n - i : SN_LANES;
        vf weight = SN_ISA(load_lanes)(w + i, lanes);
        vf d = vf_fma(decay, weight, scale * SN_ISA(load_lanes)(g + i, lanes));
        vf first = vf_fma(beta1, SN_ISA(load_lanes)(m + i, lanes), rest1 * d);
        vf second = vf_fma(beta2, SN_ISA(load_lanes)(v + i, lanes), rest2 * d * d);
        SN_ISA(store_lanes)(m + i, first, lanes);
        SN_ISA(store_lanes)(v + i, second, lanes);
        vf step = first / (vf_sqrt(second * root) + epsilon);
        SN_ISA(store_lanes)(w + i, vf_fnma(rate, step, weight * shrink), lanes);
    }
}

static void SN_ISA(rmsprop)(float *w, float *v, float *u, const float *g,
                            const sn_rmsprop *o, size_t n) {
    const vf alpha = vf_set(o->alpha), rest = vf_set(1 - o->alpha);
    for (size_t i = 0; i < n; i += SN_LANES) {
        const size_t lanes = n - i < SN_LANES ? n - i : SN_LANES;
        vf weight = SN_ISA(load_lanes)(w + i, lanes);
        vf d = vf_fma(vf_set(o->decay), weight, vf_set(o->scale) * SN_ISA(load_lanes)(g + i, lanes));
        vf square = vf_fma(alpha, SN_ISA(load_lanes)(v + i, lanes), rest * d * d);
        SN_ISA(store_lanes)(v + i, square, lanes);
        vf step = d / (vf_sqrt(square) + vf_set(o->epsilon));
        if (u) {
            step = vf_fma(vf_set(o->momentum), SN_ISA(load_lanes)(u + i, lanes), step);
            SN_ISA(store_lanes)(u + i, step, lanes);
        }
        SN_ISA(store_lanes)(w + i, vf_fnma(vf_set(o->rate), step, weight), lanes);
    }
}
