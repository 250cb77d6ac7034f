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

size_t sn_backward_packed_floats(const sn_context *context, size_t sequences, size_t input_size,
                                 size_t hidden_size) {
    packed_chunk packed;
    size_t rows = sequences > SN_BACKWARD_ROWS ? sequences : SN_BACKWARD_ROWS;
    return lay_out(context, &packed, NULL, rows, input_size, hidden_size);
}

static float *packed_memory(const sn_backward *g, size_t chunk) {
    return g->workspace.packed[chunk % 2];
}

static packed_chunk packed_of(const sn_backward *g, const sn_chunk *chunk) {
    packed_chunk packed;
    lay_out(g->context, &packed, packed_memory(g, chunk->index), chunk->rows, g->run->input_size,
            g->pass.hidden);
    return packed;
}

// Packs some rows and panels, the latter within `memory`.
static void pack_part(const sn_isa *isa, float *memory, const sn_panels *panels, sn_rows rows,
                      sn_range ks, sn_range range) {
    sn_panels_pack_rows(isa, memory + ((const float *)panels->data - memory), panels, &rows, 0, ks,
                        range);
}

// Packs the thread's share of the panels.
static void pack_share(const sn_team *team, const sn_isa *isa, float *memory,
                       const sn_panels *panels, sn_rows rows) {
    pack_part(isa, memory, panels, rows, sn_all_ks(panels),
              sn_share(sn_panel_count(isa, panels), team->index, team->count));
}

// Packs the thread's share of a chunk: where it carries rows, those, which are in its own cache.
static void pack_chunk_share(const sn_team *team, const sn_backward *g, const sn_chunk *chunk,
                             const sn_panels *panels, sn_rows rows) {
    const sn_isa *isa = g->context->isa;
    float *memory = packed_memory(g, chunk->index);
    if (!g->division.by_rows) {
        pack_share(team, isa, memory, panels, rows);
        return;
    }
    for (size_t step = chunk->step; step < chunk->step + chunk->steps; step++) {
        sn_range own = sn_step_share(g->run->batch, step, team);
        sn_range ks = {own.begin - chunk->row, own.end - chunk->row};
        pack_part(isa, memory, panels, rows, ks, sn_all_panels(isa, panels));
    }
}

void sn_backward_pack_chunk(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    if (!g->gradients->dw_ih) return;
    const sn_pass *pass = &g->pass;
    const size_t I = g->run->input_size;
    const packed_chunk packed = packed_of(g, chunk);
    const float *product = sn_pass_saved(pass, chunk->row) +
                           (g->run->cell->saved_blocks - 1) * pass->hidden;
    if (!g->run->input.ids)
        pack_chunk_share(team, g, chunk, &packed.input,
                         (sn_rows){g->run->input.x + chunk->row * I, I, NULL});
    pack_chunk_share(team, g, chunk, &packed.hidden,
                     (sn_rows){NULL, 0, g->workspace.table + chunk->row});
    if (g->run->cell->candidate_from_saved)
        pack_chunk_share(team, g, chunk, &packed.product,
                         (sn_rows){product, pass->saved_size, NULL});
}

// Adds dz of the chunk by table row, each column by one thread, rows ascending.
static void add_to_table(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    const sn_pass *pass = &g->pass;
    float *sums = g->workspace.table_sums;
    const size_t width = pass->saved_size;
    sn_range columns =
        sn_share_grain(g->run->cell->gates * pass->hidden, 16, team->index, team->count);
    const size_t count = columns.end - columns.begin;
    if (chunk->index == 0)
        for (size_t id = 0; id < g->run->input.table_rows; id++)
            memset(sums + id * width + columns.begin, 0, count * sizeof(float));
    for (size_t row = chunk->row; row < chunk->row + chunk->rows; row++)
        g->context->isa->add(sums + (size_t)g->run->input.ids[row] * width + columns.begin,
                             sn_pass_saved(pass, row) + columns.begin, count);
}

// Which gate of W_hh the block of dz belongs to; the number of gates when it is none's.
static size_t hidden_gate_of(const sn_cell *cell, size_t block) {
    size_t gate = 0;
    while (gate < cell->gates && cell->hidden_gradient_block[gate] != block) gate++;
    return gate;
}

// db += the sums of dz [rows,saved_size], each block once, for W_ih and W_hh alike. Blocks that
// x feeds come first.
static void bias_gradients(const sn_team *team, const sn_backward *g, const float *dz, size_t rows,
                           size_t first_block, size_t last_block) {
    const sn_cell *cell = g->run->cell;
    const size_t H = g->pass.hidden;
    const sn_range share = sn_share_grain(H, 16, team->index, team->count);
    for (size_t block = first_block; block < last_block; block++) {
        size_t gate = hidden_gate_of(cell, block);
        float *hidden = gate < cell->gates ? g->gradients->db_hh + gate * H : NULL;
        float *input =
            block < cell->gates ? g->gradients->db_ih + cell->input_row[block] * H : NULL;
        sn_rows from = {dz + block * H, g->pass.saved_size, NULL};
        if (input || hidden)
            sn_sum_rows_part(g->context->isa, input, hidden, &from, rows, share);
    }
}

// dw_ih = or += dzᵀ·x, for runs of neighbouring blocks that are neighbouring gates.
static void input_weight_gradient(const sn_team *team, const sn_backward *g, const float *dz,
                                  const sn_panels *x, bool accumulate) {
    const sn_cell *cell = g->run->cell;
    const size_t H = g->pass.hidden, I = g->run->input_size, G = cell->gates;
    for (size_t block = 0, run; block < G; block += run) {
        for (run = 1; block + run < G; run++)
            if (cell->input_row[block + run] != cell->input_row[block] + run) break;
        float *dw = g->gradients->dw_ih + cell->input_row[block] * H * I;
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
        float *dw = g->gradients->dw_hh + gate * H * H;
        sn_gemm_tn_part(g->context->isa, dw, H, dz + where[gate] * H, g->pass.saved_size,
                        from_saved ? &packed->product : &packed->hidden, accumulate,
                        sn_share_grain(run * H, 16, team->index, team->count));
    }
}

// dx += dz·W_ih for some rows of dz.
static void input_gradient(const sn_team *team, const sn_backward *g, float *dx, const float *dz,
                           size_t rows) {
    const sn_panels *w = &g->run->panels->input_backward;
    sn_rows from = {dz, g->pass.saved_size, NULL};
    sn_gemm_packed_part(g->context->isa, dx, g->run->input_size, &from, w, NULL, true,
                        sn_gemm_share(g->context->isa, w, rows, team->index, team->count));
}

void sn_backward_take_gradients(const sn_team *team, const sn_backward *g, const sn_chunk *chunk,
                                bool takes_input) {
    const float *dz = sn_pass_saved(&g->pass, chunk->row);
    float *dx = g->gradients->dx;
    if (!dx && !g->gradients->dw_ih) return;
    if (g->run->input.ids)
        add_to_table(team, g, chunk);
    else if (dx && takes_input)
        input_gradient(team, g, dx + chunk->row * g->run->input_size, dz, chunk->rows);
    if (!g->gradients->dw_ih) return;
    const packed_chunk packed = packed_of(g, chunk);
    const bool accumulate = chunk->index > 0 || !g->gradients->weights_are_empty;
    hidden_weight_gradient(team, g, dz, &packed, accumulate);
    if (!g->run->input.ids) input_weight_gradient(team, g, dz, &packed.input, accumulate);
    // A table gives the sums of the blocks that x feeds at the end, from fewer rows.
    size_t first_block = g->run->input.ids ? g->run->cell->gates : 0;
    bias_gradients(team, g, dz, chunk->rows, first_block, g->run->cell->saved_blocks);
}

void sn_backward_take_input_gradient(const sn_team *team, const sn_backward *g) {
    const bool is_table = g->run->input.ids;
    const float *dz = is_table ? g->workspace.table_sums : g->pass.saved;
    const size_t rows = is_table ? g->run->input.table_rows : g->run->batch->rows;
    if (g->gradients->dx) input_gradient(team, g, g->gradients->dx, dz, rows);
}

void sn_backward_finish_gradients(const sn_team *team, const sn_backward *g, bool takes_input) {
    if (!g->run->input.ids || (!g->gradients->dx && !g->gradients->dw_ih)) return;
    sn_barrier_wait(team);
    const float *dz = g->workspace.table_sums;
    const size_t rows = g->run->input.table_rows;
    if (takes_input) sn_backward_take_input_gradient(team, g);
    if (!g->gradients->dw_ih) return;
    bias_gradients(team, g, dz, rows, 0, g->run->cell->gates);
    float *memory = packed_memory(g, 0);
    for (size_t row = 0; row < rows; row += SN_BACKWARD_ROWS) {
        size_t count = rows - row < SN_BACKWARD_ROWS ? rows - row : SN_BACKWARD_ROWS;
        const sn_panels x = sn_panels_widest(g->context->isa, memory, count, g->run->input_size);
        sn_barrier_wait(team);
        pack_share(team, g->context->isa, memory, &x,
                   (sn_rows){g->run->input.x + row * g->run->input_size, g->run->input_size, NULL});
        sn_barrier_wait(team);
        input_weight_gradient(team, g, dz + row * g->pass.saved_size, &x,
                              row > 0 || !g->gradients->weights_are_empty);
    }
}
