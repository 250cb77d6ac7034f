// The element-wise parts of the cells. A forward part turns the sums that a product left into
// activations, which go to `saved` (without it, in place of the sums what the rest of the part
// needs), and the new state; a backward part turns the activations into
// dz, the gradients of those sums, in their place. The equations stand in rnn.c, gru.c and lstm.c.
//
// Where an activation follows from others, as the tanh of an LSTM's cell state from its gates, it
// has a loop of its own behind theirs: in one loop, vectors would wait for each other.

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

// y = tanh or sigmoid of x, for the patch's rows and units: x and y point to unit 0 of its first
// row, and rows are x_row and y_row floats apart.
#define ACTIVATE(activation, y, y_row, x, x_row)                                             \
    SN_ISA(activation##_rows)((y) + patch->unit, y_row, (x) + patch->unit, x_row, patch->rows, \
                              patch->units)
// The same of the sums from `column` on, to the same column of where activations go.
#define ACTIVATE_SUMS(activation, column)                                              \
    ACTIVATE(activation, sn_pass_saved(pass, patch->row) + (column), pass->saved_size, \
             sn_pass_sums(pass, patch->row) + (column), pass->saved_size)

// Where those of the patch's new states go that are read again: what is carried lies apart from the
// rows of other threads; else y.
static inline float *SN_ISA(new_state)(const sn_pass *pass, const sn_patch *patch) {
    return pass->h_next
               ? sn_pass_carried(pass, pass->h_next, patch->row - patch->step_row)
               : pass->y + patch->row * pass->y_stride;
}

static inline size_t SN_ISA(new_state_row)(const sn_pass *pass) {
    return pass->h_next ? pass->state_size : pass->y_stride;
}

static void SN_ISA(rnn_tanh_forward)(const sn_pass *pass, const sn_patch *patch) {
    ACTIVATE(tanh, SN_ISA(new_state)(pass, patch), SN_ISA(new_state_row)(pass),
             sn_pass_sums(pass, patch->row), pass->saved_size);
    if (!pass->h_next) return;
    SN_EACH_ROW {
        const float *next = sn_pass_carried(pass, pass->h_next, sequence);
        float *h = pass->y + row * pass->y_stride;
        SN_EACH_VECTOR PUT(h, GET(next));
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
            vf gates[] = {GET(sum), GET(sum + H), GET(sum + 2 * H), GET(sum + 3 * H)};
            SN_ISA(activate)(gates, 4, 1 << 2);
            const vf i = gates[0], f = gates[1], g = gates[2], o = gates[3];
            if (pass->saved) {
                PUT(gate, i);
                PUT(gate + H, f);
                PUT(gate + 2 * H, g);
            }
            PUT(gate + 3 * H, o);
            PUT_STATE(c, c_next, vf_fma(f, GET(c_before), i * g));
        }
    }
    // The state's tanh waits where h goes.
    const bool carried = pass->c_carried != NULL;
    ACTIVATE(tanh, SN_ISA(new_state)(pass, patch), SN_ISA(new_state_row)(pass),
             carried ? sn_pass_carried(pass, pass->c_carried, patch->row - patch->step_row)
                     : sn_pass_cells(pass, patch->row),
             carried ? pass->state_size : H);
    SN_EACH_ROW {
        const float *o = sn_pass_saved(pass, row) + 3 * H;
        float *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        const float *t = next ? next : h;
        SN_EACH_VECTOR PUT_STATE(h, next, GET(o) * GET(t));
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

// The candidate from its sums, and the new state from it and z.
static void SN_ISA(gru_candidate)(const sn_pass *pass, const sn_patch *patch, const float *sums) {
    const size_t H = pass->hidden;
    ACTIVATE(tanh, sn_pass_saved(pass, patch->row), pass->saved_size, sums, pass->saved_size);
    SN_EACH_ROW {
        float *block = sn_pass_saved(pass, row), *h = pass->y + row * pass->y_stride;
        float *next = sn_pass_carried(pass, pass->h_next, sequence);
        const float *before = sn_pass_h_before(pass, row, sequence);
        SN_EACH_VECTOR
            PUT_STATE(h, next, SN_ISA(gru_state)(GET(block + 2 * H), GET(block), GET(before)));
    }
}

static void SN_ISA(gru_after_forward)(const sn_pass *pass, const sn_patch *patch) {
    const size_t H = pass->hidden;
    SN_EACH_ROW {
        const float *sum = sn_pass_sums(pass, row);
        float *block = sn_pass_saved(pass, row);
        (void)sequence;
        SN_EACH_VECTOR {
            const vf s = GET(sum + 3 * H);
            vf gates[] = {GET(sum + H), GET(sum + 2 * H)};
            SN_ISA(activate)(gates, 2, 0);
            // The sum of the candidate, which takes its place below.
            PUT(block, vf_fma(gates[0], s, GET(sum)));
            PUT(block + 2 * H, gates[1]);
            if (!pass->saved) continue;
            PUT(block + H, gates[0]);
            PUT(block + 3 * H, s);
        }
    }
    SN_ISA(gru_candidate)(pass, patch, sn_pass_saved(pass, patch->row));
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
    ACTIVATE_SUMS(sigmoid, H);
    ACTIVATE_SUMS(sigmoid, 2 * H);
    SN_EACH_ROW {
        float *block = sn_pass_saved(pass, row);
        const float *before = sn_pass_h_before(pass, row, sequence);
        SN_EACH_VECTOR PUT(block + 3 * H, GET(block + H) * GET(before));
    }
}

static void SN_ISA(gru_before_state_forward)(const sn_pass *pass, const sn_patch *patch) {
    SN_ISA(gru_candidate)(pass, patch, sn_pass_sums(pass, patch->row));
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
            vf gates[] = {GET(sum), GET(sum + H)};
            SN_ISA(activate)(gates, 2, 1 << 1);
            PUT(block, gates[0]);
            PUT(block + H, gates[1]);
            PUT_STATE(h, next, SN_ISA(gru_state)(gates[0], gates[1], GET(before)));
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
