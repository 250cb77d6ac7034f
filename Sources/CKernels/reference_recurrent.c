// The oracle's walk over a packed batch, a row at a time; the cells are in reference_cells.c.
#include "reference_cells.h"

// Step number `index` of the walk in the batch's direction, backwards in time or not.
static size_t step_at(size_t index, const sn_batch *batch) {
    return batch->reversed ? batch->steps - 1 - index : index;
}

// The state before a row: another row's, the sequence's initial one, or NULL for zeros.
static const double *state_before(const double *states, const double *initial, size_t row,
                                  size_t sequence, const sn_batch *batch, size_t H) {
    int32_t previous = batch->previous[row];
    if (previous >= 0)
        return states + (size_t)previous * H;
    if (previous == SN_STATE_END && initial != NULL)
        return initial + sequence * H;
    return NULL;
}

// Where the gradient of the state before a row is gathered, or NULL where it ends.
static double *gradient_before(double *gradients, double *initial, size_t row, size_t sequence,
                               const sn_batch *batch, size_t H) {
    return (double *)state_before(gradients, initial, row, sequence, batch, H);
}

static void copy(double *out, const double *in, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] = in[i];
}

static void add(double *out, const double *in, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] += in[i];
}

void sn_reference_recurrent_forward(double *y, double *cells, double *hn, double *cn, double *saved,
                                    const double *x, const double *h0, const double *c0,
                                    const double *w_ih, const double *w_hh, const double *b_ih,
                                    const double *b_hh, const sn_batch *batch,
                                    sn_reference_cell cell, size_t input_size, size_t hidden_size) {
    size_t H = hidden_size, saved_size = sn_reference_saved_size(cell, H);
    sn_reference_layer layer = {cell, input_size, H, w_ih, w_hh, b_ih, b_hh};
    for (size_t index = 0; index < batch->steps; index++) {
        size_t step = step_at(index, batch), first = batch->first_row[step];
        for (size_t r = first; r < batch->first_row[step + 1]; r++) {
            size_t sequence = r - first;
            double *c = cell == SN_REFERENCE_LSTM ? cells + r * H : NULL;
            sn_reference_row row = {
                .x = x + r * input_size,
                .h_previous = state_before(y, h0, r, sequence, batch, H),
                .c_previous = c ? state_before(cells, c0, r, sequence, batch, H) : NULL,
            };
            sn_reference_row_forward(y + r * H, c, saved + r * saved_size, &row, &layer);
            if (batch->next[r] != SN_STATE_END)
                continue;
            if (hn)
                copy(hn + sequence * H, y + r * H, H);
            if (cn && c)
                copy(cn + sequence * H, c, H);
        }
    }
}

// Everything a backward pass reads and writes; shapes as in sn_recurrent_backward().
typedef struct backward_pass {
    double *dx, *dh0, *dc0, *dw_ih, *dw_hh, *db_ih, *db_hh;
    const double *saved, *x, *y, *cells, *h0, *c0;
    const sn_batch *batch;
    sn_reference_layer layer;
    double *dh, *dc;                // [rows,H] gradients of the states, gathered so far
    double *d_input, *d_hidden;     // [G·H] of one row
    double *dh_direct, *dc_before;  // [H] of one row
} backward_pass;

// Where the gradients of one row's products go; dx and dh_previous may be NULL.
typedef struct row_gradients {
    double *dx;           // [I]
    double *dh_previous;  // [H]
} row_gradients;

// Adds what flows from the gradient d of one input sum, unit `index` of [G·H].
static void add_input_gradients(const backward_pass *pass, const row_gradients *out, double d,
                                size_t index, const sn_reference_row *row) {
    size_t I = pass->layer.input_size;
    for (size_t k = 0; k < I; k++) {
        if (out->dx)
            out->dx[k] += pass->layer.w_ih[index * I + k] * d;
        if (pass->dw_ih)
            pass->dw_ih[index * I + k] += d * row->x[k];
    }
    if (pass->db_ih)
        pass->db_ih[index] += d;
}

// Adds what flows from the gradient d of one hidden sum, unit `index` of [G·H].
static void add_hidden_gradients(const backward_pass *pass, const row_gradients *out, double d,
                                 size_t index, const double *scale, const sn_reference_row *row) {
    size_t H = pass->layer.hidden_size;
    for (size_t k = 0; k < H; k++) {
        double factor = scale ? scale[k] : 1;
        if (out->dh_previous)
            out->dh_previous[k] += pass->layer.w_hh[index * H + k] * d * factor;
        if (pass->dw_hh && row->h_previous)
            pass->dw_hh[index * H + k] += d * factor * row->h_previous[k];
    }
    if (pass->db_hh)
        pass->db_hh[index] += d;
}

// Adds the gradients of row `r`, that of its h being complete, to all that it read.
static void backward_row(const backward_pass *pass, size_t r, size_t sequence) {
    const sn_reference_layer *layer = &pass->layer;
    size_t H = layer->hidden_size, I = layer->input_size;
    bool is_lstm = layer->cell == SN_REFERENCE_LSTM;
    const double *saved = pass->saved + r * sn_reference_saved_size(layer->cell, H);
    const double *c = is_lstm ? pass->cells + r * H : NULL;
    sn_reference_row row = {
        .x = pass->x + r * I,
        .h_previous = state_before(pass->y, pass->h0, r, sequence, pass->batch, H),
        .c_previous =
            is_lstm ? state_before(pass->cells, pass->c0, r, sequence, pass->batch, H) : NULL,
    };
    row_gradients out = {
        .dx = pass->dx ? pass->dx + r * I : NULL,
        .dh_previous = gradient_before(pass->dh, pass->dh0, r, sequence, pass->batch, H),
    };
    sn_reference_row_backward(pass->d_input, pass->d_hidden, pass->dh_direct, pass->dc_before,
                              pass->dh + r * H, pass->dc + r * H, saved, pass->y + r * H, c, &row,
                              layer);
    for (size_t gate = 0; gate < sn_reference_gates(layer->cell); gate++) {
        const double *scale = sn_reference_hidden_scale(saved, gate, layer);
        for (size_t index = gate * H; index < (gate + 1) * H; index++) {
            add_input_gradients(pass, &out, pass->d_input[index], index, &row);
            add_hidden_gradients(pass, &out, pass->d_hidden[index], index, scale, &row);
        }
    }
    if (out.dh_previous)
        add(out.dh_previous, pass->dh_direct, H);
    double *dc_previous = gradient_before(pass->dc, pass->dc0, r, sequence, pass->batch, H);
    if (is_lstm && dc_previous)
        add(dc_previous, pass->dc_before, H);
}

size_t sn_reference_workspace_size(const sn_batch *batch, sn_reference_cell cell,
                                   size_t hidden_size) {
    return 2 * batch->rows * hidden_size + (2 * sn_reference_gates(cell) + 2) * hidden_size;
}

// Starts the gradients of every row's states: dy, and at a sequence's end dhn and dcn.
static void start_gradients(double *dh, double *dc, const double *dy, const double *dhn,
                            const double *dcn, const sn_batch *batch, size_t H) {
    copy(dh, dy, batch->rows * H);
    for (size_t i = 0; i < batch->rows * H; i++)
        dc[i] = 0;
    for (size_t step = 0; step < batch->steps; step++) {
        size_t first = batch->first_row[step];
        for (size_t r = first; r < batch->first_row[step + 1]; r++) {
            if (batch->next[r] != SN_STATE_END)
                continue;
            if (dhn)
                add(dh + r * H, dhn + (r - first) * H, H);
            if (dcn)
                add(dc + r * H, dcn + (r - first) * H, H);
        }
    }
}

void sn_reference_recurrent_backward(double *dx, double *dh0, double *dc0, double *dw_ih,
                                     double *dw_hh, double *db_ih, double *db_hh, double *dh_total,
                                     const double *dy, const double *saved, const double *dhn,
                                     const double *dcn, const double *x, const double *y,
                                     const double *cells, const double *h0, const double *c0,
                                     const double *w_ih, const double *w_hh, double *workspace,
                                     const sn_batch *batch, sn_reference_cell cell,
                                     size_t input_size, size_t hidden_size) {
    size_t H = hidden_size, states = batch->rows * H, sums = sn_reference_gates(cell) * H;
    backward_pass pass = {
        .dx = dx, .dh0 = dh0, .dc0 = dc0,
        .dw_ih = dw_ih, .dw_hh = dw_hh, .db_ih = db_ih, .db_hh = db_hh,
        .saved = saved, .x = x, .y = y, .cells = cells, .h0 = h0, .c0 = c0,
        .batch = batch,
        .layer = {cell, input_size, H, w_ih, w_hh, NULL, NULL},
        .dh = workspace,
        .dc = workspace + states,
        .d_input = workspace + 2 * states,
        .d_hidden = workspace + 2 * states + sums,
        .dh_direct = workspace + 2 * states + 2 * sums,
        .dc_before = workspace + 2 * states + 2 * sums + H,
    };
    start_gradients(pass.dh, pass.dc, dy, dhn, dcn, batch, H);
    for (size_t index = batch->steps; index-- > 0;) {
        size_t step = step_at(index, batch), first = batch->first_row[step];
        for (size_t r = first; r < batch->first_row[step + 1]; r++)
            backward_row(&pass, r, r - first);
    }
    if (dh_total)
        copy(dh_total, pass.dh, states);
}
