// The element-wise parts of the cells. A forward part turns the sums that a product left into
// activations, which go to `saved` (without it, in place of the sums what the rest of the part
// needs), and the new state; a backward part turns the activations into
// dz, the gradients of those sums, in their place. The equations stand in rnn.c, gru.c and lstm.c.
//
// An activation is a chain of some 20 operations. Where one follows from others, as the tanh of
// an LSTM's cell state from its gates, it has a loop of its own behind theirs: two chains in a row
// are more than a core can look ahead, and vectors would wait for each other.

// Calls BODY for each row of the patch with `row`, `sequence`, and for each vector of its
// units with `u` (the unit) and `n` (valid lanes).
#define SN_EACH_ROW \
    for (size_t row = patch->row, sequence = row - patch->step_row; \
         row < patch->row + patch->rows; row++, sequence++)
// Whole vectors come first, in a copy of their own that knows n.
#define SN_EACH_VECTOR                                                                       \
    _Pragma("clang loop unroll(full)") for (int tail = 0; tail < 2; tail++)                  \
        for (size_t end = patch->unit + patch->units, whole = end - patch->units % SN_LANES, \
                    u = tail ? whole : patch->unit, n = tail ? end - whole : SN_LANES;       \
             u < (tail ? end : whole); u += SN_LANES)
#define GET(p) SN_ISA(load_lanes)((p) + u, n)
#define PUT(p, v) SN_ISA(store_lanes)((p) + u, (v), n)
// A new state goes to its row of the batch, and where states are carried, to those too.
#define PUT_STATE(p, carried, v)        \
    do {                                \
        const vf state_ = (v);          \
        if (p) PUT(p, state_);          \
        if (carried) PUT(carried, state_); \
    } while (0)

// s(1-s), the derivative of the sigmoid at the value s.
SN_INLINE vf SN_ISA(sigmoid_slope)(vf s) { return vf_fnma(s, s, s); }

static void SN_ISA(rnn_tanh_forward)(const sn_pass *pass, const sn_patch *patch) {
    SN_EACH_ROW {
        const float *a = sn_pass_sums(pass, row);
        float *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        SN_EACH_VECTOR PUT_STATE(h, next, vf_tanh(GET(a)));
    }
}

static void SN_ISA(rnn_tanh_backward)(const sn_pass *pass, const sn_patch *patch) {
    SN_EACH_ROW {
        float *dz = sn_pass_sums(pass, row);
        const float *h = pass->y + row * pass->y_stride, *dh = pass->dy + row * pass->y_stride;
        (void)sequence;
        SN_EACH_VECTOR PUT(dz, GET(dh) * SN_ISA(tanh_slope)(GET(h)));
    }
}

static void SN_ISA(rnn_relu_forward)(const sn_pass *pass, const sn_patch *patch) {
    SN_EACH_ROW {
        const float *a = sn_pass_sums(pass, row);
        float *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        // max(0, a) that keeps a NaN.
        SN_EACH_VECTOR PUT_STATE(h, next, vf_max(vf_set(0), GET(a)));
    }
}

static void SN_ISA(rnn_relu_backward)(const sn_pass *pass, const sn_patch *patch) {
    SN_EACH_ROW {
        float *dz = sn_pass_sums(pass, row);
        const float *h = pass->y + row * pass->y_stride, *dh = pass->dy + row * pass->y_stride;
        (void)sequence;
        SN_EACH_VECTOR PUT(dz, vf_where_positive(GET(dh), GET(h)));
    }
}

static void SN_ISA(lstm_forward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *gate = sn_pass_saved(pass, row), *c = sn_pass_cells(pass, row);
        float *c_next = sn_pass_carried(pass, pass->c_carried, sequence);
        const float *c_before = sn_pass_c_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf i = vf_sigmoid(GET(sum)), f = vf_sigmoid(GET(sum + H));
            vf g = vf_tanh(GET(sum + 2 * H)), o = vf_sigmoid(GET(sum + 3 * H));
            if (pass->saved) {
                PUT(gate, i);
                PUT(gate + H, f);
                PUT(gate + 2 * H, g);
            }
            PUT(gate + 3 * H, o);
            PUT_STATE(c, c_next, vf_fma(f, GET(c_before), i * g));
        }
    }
    SN_EACH_ROW {
        const float *o = sn_pass_saved(pass, row) + 3 * H;
        const float *c = pass->cells ? sn_pass_cells(pass, row)
                                     : sn_pass_carried(pass, pass->c_carried, sequence);
        float *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        SN_EACH_VECTOR PUT_STATE(h, next, GET(o) * vf_tanh(GET(c)));
    }
}

static void SN_ISA(lstm_backward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *gate = sn_pass_saved(pass, row);
        float *dz = sn_pass_sums(pass, row), *dc = pass->dc + sequence * H;
        const float *c = pass->cells + row * H, *dh = pass->dy + row * pass->y_stride;
        const float *c_before = sn_pass_c_before(pass, row, sequence);
        const vf passes = vf_set(pass->batch->previous[row] == SN_STATE_RESET ? 0 : 1);
        SN_EACH_VECTOR {
            vf i = GET(gate), f = GET(gate + H), g = GET(gate + 2 * H), o = GET(gate + 3 * H);
            vf t = vf_tanh(GET(c)), d = GET(dh);
            vf state = vf_fma(d * o, SN_ISA(tanh_slope)(t), GET(dc));
            PUT(dz, state * g * SN_ISA(sigmoid_slope)(i));
            PUT(dz + H, state * GET(c_before) * SN_ISA(sigmoid_slope)(f));
            PUT(dz + 2 * H, state * i * SN_ISA(tanh_slope)(g));
            PUT(dz + 3 * H, d * t * SN_ISA(sigmoid_slope)(o));
            PUT(dc, state * f * passes);
        }
    }
}

// h = (1-z)·n + z·h_before, as n + z·(h_before - n).
SN_INLINE vf SN_ISA(gru_state)(vf z, vf n, vf before) { return vf_fma(z, before - n, n); }

static void SN_ISA(gru_after_forward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *block = sn_pass_saved(pass, row);
        (void)sequence;
        SN_EACH_VECTOR {
            PUT(block + H, vf_sigmoid(GET(sum + H)));
            PUT(block + 2 * H, vf_sigmoid(GET(sum + 2 * H)));
        }
    }
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *block = sn_pass_saved(pass, row), *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        const float *before = sn_pass_h_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf s = GET(sum + 3 * H);
            vf candidate = vf_tanh(vf_fma(GET(block + H), s, GET(sum)));
            if (pass->saved) {
                PUT(block, candidate);
                PUT(block + 3 * H, s);
            }
            PUT_STATE(h, next, SN_ISA(gru_state)(GET(block + 2 * H), candidate, GET(before)));
        }
    }
}

static void SN_ISA(gru_after_backward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *block = sn_pass_saved(pass, row);
        float *dz = sn_pass_sums(pass, row);
        const float *before = sn_pass_h_before(pass, row, sequence);
        const float *dh = pass->dy + row * pass->y_stride;
        float *dh_before = sn_pass_dh_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf candidate = GET(block), r = GET(block + H), z = GET(block + 2 * H);
            vf d = GET(dh);
            vf dn = (d - d * z) * SN_ISA(tanh_slope)(candidate);
            PUT(dz + H, dn * GET(block + 3 * H) * SN_ISA(sigmoid_slope)(r));
            PUT(dz, dn);
            PUT(dz + 2 * H, d * (GET(before) - candidate) * SN_ISA(sigmoid_slope)(z));
            PUT(dz + 3 * H, dn * r);
            if (dh_before) PUT(dh_before, vf_fma(d, z, GET(dh_before)));
        }
    }
}

static void SN_ISA(gru_before_gates_forward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *block = sn_pass_saved(pass, row);
        const float *before = sn_pass_h_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf r = vf_sigmoid(GET(sum + H));
            PUT(block + H, r);
            PUT(block + 2 * H, vf_sigmoid(GET(sum + 2 * H)));
            PUT(block + 3 * H, r * GET(before));
        }
    }
}

static void SN_ISA(gru_before_state_forward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *block = sn_pass_saved(pass, row), *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        const float *before = sn_pass_h_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf candidate = vf_tanh(GET(sum));
            PUT(block, candidate);
            PUT_STATE(h, next, SN_ISA(gru_state)(GET(block + 2 * H), candidate, GET(before)));
        }
    }
}

static void SN_ISA(gru_before_state_backward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *block = sn_pass_saved(pass, row);
        float *dz = sn_pass_sums(pass, row);
        const float *before = sn_pass_h_before(pass, row, sequence);
        const float *dh = pass->dy + row * pass->y_stride;
        float *dh_before = sn_pass_dh_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf candidate = GET(block), z = GET(block + 2 * H), d = GET(dh);
            PUT(dz, (d - d * z) * SN_ISA(tanh_slope)(candidate));
            PUT(dz + 2 * H, d * (GET(before) - candidate) * SN_ISA(sigmoid_slope)(z));
            if (dh_before) PUT(dh_before, vf_fma(d, z, GET(dh_before)));
        }
    }
}

static void SN_ISA(gru_before_gates_backward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *block = sn_pass_saved(pass, row);
        float *dz = sn_pass_sums(pass, row);
        // The gradient of r∘h_before.
        const float *d_product = pass->scratch + sequence * H;
        const float *before = sn_pass_h_before(pass, row, sequence);
        float *dh_before = sn_pass_dh_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf r = GET(block + H), d = GET(d_product);
            PUT(dz + H, d * GET(before) * SN_ISA(sigmoid_slope)(r));
            if (dh_before) PUT(dh_before, vf_fma(d, r, GET(dh_before)));
        }
    }
}

static void SN_ISA(gru_simplified_forward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *block = sn_pass_saved(pass, row), *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        const float *before = sn_pass_h_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf z = vf_sigmoid(GET(sum)), candidate = vf_tanh(GET(sum + H));
            PUT(block, z);
            PUT(block + H, candidate);
            PUT_STATE(h, next, SN_ISA(gru_state)(z, candidate, GET(before)));
        }
    }
}

static void SN_ISA(gru_simplified_backward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *block = sn_pass_saved(pass, row);
        float *dz = sn_pass_sums(pass, row);
        const float *before = sn_pass_h_before(pass, row, sequence);
        const float *dh = pass->dy + row * pass->y_stride;
        float *dh_before = sn_pass_dh_before(pass, row, sequence);
        SN_EACH_VECTOR {
            vf z = GET(block), candidate = GET(block + H), d = GET(dh);
            PUT(dz, d * (GET(before) - candidate) * SN_ISA(sigmoid_slope)(z));
            PUT(dz + H, (d - d * z) * SN_ISA(tanh_slope)(candidate));
            if (dh_before) PUT(dh_before, vf_fma(d, z, GET(dh_before)));
        }
    }
}
