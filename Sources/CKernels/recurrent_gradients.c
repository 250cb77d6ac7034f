#include <string.h>

#include "recurrent_backward.h"

// The panels of one chunk: of x, of h before each row, and of what the candidate multiplied.
typedef struct packed_chunk {
    sn_panels input, hidden, product;
} packed_chunk;

// Where they lie from `memory` on; returns the floats they take.
static size_t lay_out(const sn_context *context, packed_chunk *packed, float *memory, size_t rows,
                      size_t input_size, size_t hidden_size) {
    const sn_panels hidden_panels = sn_panels_widest(context->isa, NULL, rows, hidden_size);
    *packed = (packed_chunk){sn_panels_widest(context->isa, memory, rows, input_size),
                             hidden_panels, hidden_panels};
    size_t input = sn_whole_lines(sn_panels_floats(context, &packed->input));
    size_t hidden = sn_whole_lines(sn_panels_floats(context, &packed->hidden));
    if (memory) {
        packed->hidden.data = memory + input;
        packed->product.data = memory + input + hidden;
    }
    return input + 2 * hidden;
}

size_t sn_backward_packed_floats(const sn_context *context, size_t rows, size_t input_size,
                                 size_t hidden_size) {
    packed_chunk packed;
    return lay_out(context, &packed, NULL, rows, input_size, hidden_size);
}

static packed_chunk packed_of(const sn_backward *g, const sn_chunk *chunk) {
    packed_chunk packed;
    lay_out(g->context, &packed, chunk->packed, chunk->rows, g->run->input_size, g->pass.hidden);
    return packed;
}

// Packs some rows and panels, the latter within `memory`, as k's from the first of ks on.
static void pack_part(const sn_isa *isa, float *memory, const sn_panels *panels, sn_rows rows,
                      sn_range ks, sn_range range) {
    sn_panels_pack_rows(isa, memory + ((const float *)panels->data - memory), panels, &rows, 0, ks,
                        range);
}

// Packs h before some rows of a step as k's from `at` on.
static void pack_states(const sn_backward *g, const sn_chunk *chunk, const sn_panels *panels,
                        size_t step, sn_range rows, size_t at, sn_range range) {
    enum { GROUP = 64 };
    const float *h[GROUP];
    const size_t step_row = g->run->batch->first_row[step];
    for (size_t row = rows.begin; row < rows.end;) {
        size_t count = 0;
        for (; row < rows.end && count < GROUP; row++, count++)
            h[count] = sn_pass_h_before(&g->pass, row, row - step_row);
        pack_part(g->context->isa, chunk->packed, panels, (sn_rows){NULL, 0, h},
                  (sn_range){at, at + count}, range);
        at += count;
    }
}

// A thread that carries rows packs those, which are in its own cache; else its share of the
// panels.
void sn_backward_pack_chunk(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    if (!g->weights.dw_ih) return;
    const sn_pass *pass = &g->pass;
    const sn_isa *isa = g->context->isa;
    const size_t I = g->run->input_size;
    const packed_chunk packed = packed_of(g, chunk);
    sn_range inputs = sn_all_panels(isa, &packed.input);
    sn_range states = sn_all_panels(isa, &packed.hidden);
    if (!g->division.by_rows) {
        inputs = sn_share(inputs.end, team->index, team->count);
        states = sn_share(states.end, team->index, team->count);
    }
    SN_EACH_STEP(g, chunk, g->own) {
        const size_t at = place + sn_place_in_step(g, step, rows.begin);
        const sn_range ks = {at, at + rows.end - rows.begin};
        if (ks.begin == ks.end) continue;
        if (!g->run->input.ids)
            pack_part(isa, chunk->packed, &packed.input,
                      (sn_rows){g->run->input.x + rows.begin * I, I, NULL}, ks, inputs);
        pack_states(g, chunk, &packed.hidden, step, rows, at, states);
        if (!g->run->cell->candidate_from_saved) continue;
        const float *product = sn_pass_saved(pass, rows.begin) +
                               (g->run->cell->saved_blocks - 1) * pass->hidden;
        pack_part(isa, chunk->packed, &packed.product, (sn_rows){product, pass->saved_size, NULL},
                  ks, states);
    }
}

// Adds dz of the chunk by table row, each column by one thread, rows ascending.
static void add_to_table(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    const sn_pass *pass = &g->pass;
    float *sums = g->workspace.table_sums[g->shard];
    const size_t width = pass->saved_size;
    const int32_t *ids = g->run->input.ids;
    sn_range columns =
        sn_share_grain(g->run->cell->gates * pass->hidden, 16, team->index, team->count);
    const size_t count = columns.end - columns.begin;
    if (chunk->index == 0)
        for (size_t id = 0; id < g->run->input.table_rows; id++)
            memset(sums + id * width + columns.begin, 0, count * sizeof(float));
    SN_EACH_STEP(g, chunk, g->sequences) {
        const float *dz = chunk->dz + place * width + columns.begin;
        for (size_t row = rows.begin; row < rows.end; row++, dz += width)
            g->context->isa->add(sums + (size_t)ids[row] * width + columns.begin, dz, count);
    }
}

// Which gate of W_hh the block of dz belongs to; the number of gates when it is none's.
static size_t hidden_gate_of(const sn_cell *cell, size_t block) {
    size_t gate = 0;
    while (gate < cell->gates && cell->hidden_gradient_block[gate] != block) gate++;
    return gate;
}

// db += the sums of dz [rows,saved_size], each block once, for W_ih and W_hh alike. Blocks that
// x feeds come first.
static void bias_gradients(const sn_team *team, const sn_backward *g,
                           const sn_weight_gradients *sums, const float *dz, size_t rows,
                           size_t first_block, size_t last_block) {
    const sn_cell *cell = g->run->cell;
    const size_t H = g->pass.hidden;
    const sn_range share = sn_share_grain(H, 16, team->index, team->count);
    for (size_t block = first_block; block < last_block; block++) {
        size_t gate = hidden_gate_of(cell, block);
        float *hidden = gate < cell->gates ? sums->db_hh + gate * H : NULL;
        float *input =
            block < cell->gates ? sums->db_ih + cell->input_row[block] * H : NULL;
        sn_rows from = {dz + block * H, g->pass.saved_size, NULL};
        if (input || hidden)
            sn_sum_rows_part(g->context->isa, input, hidden, &from, rows, share);
    }
}

// dw_ih = or += dzᵀ·x, for runs of neighbouring blocks that are neighbouring gates.
static void input_weight_gradient(const sn_team *team, const sn_backward *g,
                                  const sn_weight_gradients *sums, const float *dz,
                                  const sn_panels *x, bool accumulate) {
    const sn_cell *cell = g->run->cell;
    const size_t H = g->pass.hidden, I = g->run->input_size, G = cell->gates;
    for (size_t block = 0, run; block < G; block += run) {
        for (run = 1; block + run < G; run++)
            if (cell->input_row[block + run] != cell->input_row[block] + run) break;
        float *dw = sums->dw_ih + cell->input_row[block] * H * I;
        sn_gemm_tn_part(g->context->isa, dw, I, dz + block * H, g->pass.saved_size, x, accumulate,
                        sn_share_grain(run * H, 16, team->index, team->count));
    }
}

// dw_hh = or += dzᵀ·(what each gate multiplied).
static void hidden_weight_gradient(const sn_team *team, const sn_backward *g, const float *dz,
                                   const packed_chunk *packed, bool accumulate) {
    const sn_cell *cell = g->run->cell;
    const size_t H = g->pass.hidden, G = cell->gates;
    const size_t *where = cell->hidden_gradient_block;
    for (size_t gate = 0, run; gate < G; gate += run) {
        for (run = 1; gate + run < G; run++)
            if (where[gate + run] != where[gate] + run) break;
        bool from_saved = cell->candidate_from_saved && gate == G - 1;
        float *dw = g->weights.dw_hh + gate * H * H;
        sn_gemm_tn_part(g->context->isa, dw, H, dz + where[gate] * H, g->pass.saved_size,
                        from_saved ? &packed->product : &packed->hidden, accumulate,
                        sn_share_grain(run * H, 16, team->index, team->count));
    }
}

// dx = or += dz·W_ih for some rows of dz.
static void input_gradient(const sn_team *team, const sn_backward *g, float *dx, const float *dz,
                           size_t rows) {
    const sn_panels *w = &g->run->panels->input_backward;
    sn_rows from = {dz, g->pass.saved_size, NULL};
    sn_gemm_packed_part(g->context->isa, dx, g->run->input_size, &from, w, NULL, g->adds_to_input,
                        sn_gemm_share(g->context->isa, w, rows, team->index, team->count));
}

// The same for the chunk: a thread that carries rows takes those, which are in its own cache.
static void input_gradient_of_chunk(const sn_team *team, const sn_backward *g,
                                    const sn_chunk *chunk) {
    const size_t I = g->run->input_size, size = g->pass.saved_size;
    const sn_isa *isa = g->context->isa;
    float *dx = g->gradients->dx;
    if (g->shards == 1 && !g->division.by_rows) {
        const size_t first = g->run->batch->first_row[chunk->step];
        input_gradient(team, g, dx + first * I, chunk->dz, chunk->rows);
        return;
    }
    const sn_panels *w = &g->run->panels->input_backward;
    sn_range panels = sn_all_panels(isa, w);
    if (!g->division.by_rows) panels = sn_share(panels.end, team->index, team->count);
    SN_EACH_STEP(g, chunk, g->own) {
        const size_t at = place + sn_place_in_step(g, step, rows.begin);
        sn_rows dz = {chunk->dz + at * size, size, NULL};
        sn_gemm_packed_part(isa, dx + rows.begin * I, I, &dz, w, NULL, g->adds_to_input,
                            (sn_part){{0, rows.end - rows.begin}, panels});
    }
}

void sn_backward_take_gradients(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    const float *dz = chunk->dz;
    const bool takes_weights = g->weights.dw_ih;
    if (chunk->rows == 0 || (!g->gradients->dx && !takes_weights)) return;
    if (g->run->input.ids)
        add_to_table(team, g, chunk);
    else if (g->gradients->dx && g->takes_input)
        input_gradient_of_chunk(team, g, chunk);
    if (!takes_weights) return;
    const packed_chunk packed = packed_of(g, chunk);
    const bool accumulate = chunk->index > 0 || !g->weights.matrices_are_empty;
    hidden_weight_gradient(team, g, dz, &packed, accumulate);
    if (!g->run->input.ids)
        input_weight_gradient(team, g, &g->weights, dz, &packed.input, accumulate);
    // A table gives the sums of the blocks that x feeds at the end, from fewer rows.
    size_t first_block = g->run->input.ids ? g->run->cell->gates : 0;
    bias_gradients(team, g, &g->weights, dz, chunk->rows, first_block,
                   g->run->cell->saved_blocks);
}

// to += from, the thread's share of n floats.
static void join(const sn_team *team, const sn_isa *isa, float *to, const float *from, size_t n) {
    const sn_range share = sn_share_grain(n, 16, team->index, team->count);
    isa->add(to + share.begin, from + share.begin, share.end - share.begin);
}

void sn_backward_join_shards(const sn_team *team, const sn_backward *g) {
    const sn_isa *isa = g->context->isa;
    const sn_weight_gradients *first = &g->weights, *second = &g->workspace.second_shard;
    const size_t I = g->run->input_size, H = g->pass.hidden, GH = g->run->cell->gates * H;
    if (g->run->input.ids)
        join(team, isa, g->workspace.table_sums[0], g->workspace.table_sums[1],
             g->run->input.table_rows * g->pass.saved_size);
    if (!first->dw_ih) return;
    if (!g->run->input.ids) join(team, isa, first->dw_ih, second->dw_ih, GH * I);
    join(team, isa, first->dw_hh, second->dw_hh, GH * H);
    join(team, isa, first->db_ih, second->db_ih, GH);
    join(team, isa, first->db_hh, second->db_hh, GH);
}

void sn_backward_take_input_gradient(const sn_team *team, const sn_backward *g) {
    const bool is_table = g->run->input.ids;
    const float *dz = is_table ? g->workspace.table_sums[0] : g->pass.saved;
    const size_t rows = is_table ? g->run->input.table_rows : g->run->batch->rows;
    if (g->gradients->dx) input_gradient(team, g, g->gradients->dx, dz, rows);
}

void sn_backward_finish_gradients(const sn_team *team, const sn_backward *g) {
    const bool takes_weights = g->weights.dw_ih;
    if (!g->run->input.ids || (!g->gradients->dx && !takes_weights)) return;
    sn_barrier_wait(team);
    const sn_isa *isa = g->context->isa;
    const float *dz = g->workspace.table_sums[0];
    const size_t rows = g->run->input.table_rows, I = g->run->input_size;
    if (g->takes_input) sn_backward_take_input_gradient(team, g);
    if (!takes_weights) return;
    bias_gradients(team, g, &g->weights, dz, rows, 0, g->run->cell->gates);
    float *memory = g->workspace.packed[0][0];
    for (size_t row = 0; row < rows; row += SN_BACKWARD_ROWS) {
        size_t count = rows - row < SN_BACKWARD_ROWS ? rows - row : SN_BACKWARD_ROWS;
        const sn_panels x = sn_panels_widest(isa, memory, count, I);
        sn_barrier_wait(team);
        pack_part(isa, memory, &x, (sn_rows){g->run->input.x + row * I, I, NULL}, sn_all_ks(&x),
                  sn_share(sn_panel_count(isa, &x), team->index, team->count));
        sn_barrier_wait(team);
        input_weight_gradient(team, g, &g->weights, dz + row * g->pass.saved_size, &x,
                              row > 0 || !g->weights.matrices_are_empty);
    }
}
