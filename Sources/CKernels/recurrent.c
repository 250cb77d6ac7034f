#include "recurrent_backward.h"

#include <string.h>

enum {
    // A weight that a thread reads whole at every step should stay in its L2, of which 2 MB
    // is usual on servers; some of it goes to activations.
    SN_RESIDENT_BYTES = 3 << 19,
    // A direction's weight a thread, up to which the directions of a layer go side by side: twice
    // as much as each thread reads one after the other, so well below the L2. Batch 1, LSTM 256:
    // 1 MB a thread takes 1.4 times as long as 0.5 MB twice.
    SN_SIDE_BY_SIDE_BYTES = 1 << 19,
    // Fewer rows a thread than this leave the multiply-adds of a tile waiting for each other.
    SN_ROWS_A_THREAD = 4,
    // Multiply-adds a step that outweigh a barrier (some 0.5 µs).
    SN_WORK_A_BARRIER = 1 << 16,
};

size_t sn_cell_gates(const sn_cell *cell) { return cell->gates; }

bool sn_cell_has_cell_state(const sn_cell *cell) { return cell->has_cell_state; }

// An odd number of cache lines: rows one below another, which the products over rows walk
// through, then lie in different sets of the cache.
size_t sn_cell_saved_size(const sn_cell *cell, size_t hidden_size) {
    size_t lines = sn_whole_lines(cell->saved_blocks * hidden_size) / 16;
    return (lines | 1) * 16;
}

// Multiply-adds of a direction's forward pass.
static size_t layer_work(const sn_recurrent_run *run) {
    const size_t width = run->input_size + run->hidden_size;
    return run->cell->gates * run->hidden_size * width * run->batch->rows;
}

// The division of one direction among `available` threads, and how many of them are worth
// waking.
static sn_division divide(const sn_context *context, const sn_recurrent_run *run, bool backward,
                          size_t available, size_t *threads) {
    const sn_batch *batch = run->batch;
    const sn_recurrent_panels *weights = run->panels;
    const sn_panels *hidden = backward ? &weights->hidden_backward[0] : &weights->hidden[0];
    const size_t H = run->hidden_size, weight = run->cell->gates * H * H;
    const size_t rows = batch->sequences / SN_ROWS_A_THREAD;
    const size_t work = layer_work(run) / SN_WORTH_A_THREAD + 1;
    const size_t panels = sn_panel_count(context->isa, hidden);
    const size_t step_work = weight * batch->sequences / SN_WORK_A_BARRIER + 1;
    const bool resident = weight * sn_element_bytes(hidden->element) <= SN_RESIDENT_BYTES;
    sn_division division = {.by_rows = rows >= available && (resident || panels < 2)};
    size_t most = division.by_rows ? rows : panels < step_work ? panels : step_work;
    most = most < work ? most : work;
    *threads = most < available ? most : available;
    if (division.by_rows) {
        size_t last = batch->steps ? sn_step_rows(batch, batch->steps - 1) : 0;
        division.steps_meet = last != batch->sequences;
    }
    return division;
}

sn_division sn_recurrent_division(const sn_context *context, const sn_recurrent_run *run,
                                  size_t directions, bool backward, size_t *threads) {
    const sn_division whole = divide(context, run, backward, context->threads, threads);
    const size_t H = run->hidden_size, half = context->threads / 2;
    const size_t element_bytes = sn_element_bytes(run->panels->hidden[0].element);
    const bool free = whole.by_rows && !whole.steps_meet;
    // Without barriers to save, or threads to make two equal halves of, or work for them, or
    // room for a direction's weights in the caches of a half.
    if (directions < 2 || context->threads % 2 || free ||
        2 * layer_work(run) < SN_WORTH_A_THREAD ||
        run->cell->gates * H * H * element_bytes > half * SN_SIDE_BY_SIDE_BYTES)
        return whole;
    sn_division each = divide(context, run, backward, half, threads);
    each.side_by_side = true;
    *threads *= 2;
    return each;
}

// The panels of a layer without their data.
static void describe(const sn_context *context, sn_recurrent_panels *panels, const sn_cell *cell,
                     size_t input_size, size_t hidden_size, sn_element element) {
    const size_t H = hidden_size;
    // Threads share both alike, so that a step begins from what its thread projected itself.
    SN_ASSERT((cell->gates > 1) == (cell->forward[0].gates > 1));
    *panels = (sn_recurrent_panels){0};
    panels->input = sn_panels_make(context, input_size, H, cell->gates, element);
    panels->input_backward = sn_panels_make(context, cell->gates * H, input_size, 1, SN_F32);
    for (size_t p = 0; p < cell->phases; p++) {
        panels->hidden[p] = sn_panels_make(context, H, H, cell->forward[p].gates, element);
        panels->hidden_backward[p] =
            sn_panels_make(context, cell->backward[p].gates * H, H, 1, SN_F32);
    }
}

size_t sn_recurrent_pack_floats(const sn_context *context, const sn_cell *cell, size_t input_size,
                                size_t hidden_size, sn_element element, bool backward) {
    SN_ASSERT(!backward || element == SN_F32);
    sn_recurrent_panels panels;
    describe(context, &panels, cell, input_size, hidden_size, element);
    size_t floats = sn_whole_lines(sn_panels_floats(context, &panels.input));
    floats += sn_whole_lines((cell->gates + 1) * hidden_size);
    if (backward) floats += sn_whole_lines(sn_panels_floats(context, &panels.input_backward));
    for (size_t p = 0; p < cell->phases; p++) {
        floats += sn_whole_lines(sn_panels_floats(context, &panels.hidden[p]));
        if (backward)
            floats += sn_whole_lines(sn_panels_floats(context, &panels.hidden_backward[p]));
    }
    return floats;
}

// Packs one matrix at *memory and moves *memory behind it.
static void pack(const sn_context *context, sn_panels *panels, float **memory,
                 sn_pack_source source) {
    sn_panels_pack_from(context, *memory, panels, &source);
    panels->data = *memory;
    *memory += sn_whole_lines(sn_panels_floats(context, panels));
}

// What the accumulators of each block of `saved` start from: both biases, but the candidate
// of a cell that keeps W_hn h apart keeps b_hn apart too, in the last block.
static void pack_bias(float *bias, const float *b_ih, const float *b_hh, const sn_cell *cell,
                      size_t H) {
    const size_t candidate = cell->gates - 1;
    for (size_t block = 0; block < cell->gates; block++) {
        size_t gate = cell->input_row[block];
        bool apart = cell->splits_candidate && gate == candidate;
        for (size_t u = 0; u < H; u++)
            bias[block * H + u] = b_ih[gate * H + u] + (apart ? 0 : b_hh[gate * H + u]);
    }
    memcpy(bias + cell->gates * H, b_hh + candidate * H, H * sizeof *bias);
}

void sn_recurrent_pack(const sn_context *context, sn_recurrent_panels *panels, float *memory,
                       const float *w_ih, const float *w_hh, const float *b_ih, const float *b_hh,
                       const sn_cell *cell, size_t input_size, size_t hidden_size,
                       sn_element element, bool backward) {
    const size_t H = hidden_size, I = input_size, first = 0;
    SN_ASSERT(!backward || element == SN_F32);
    describe(context, panels, cell, I, H, element);
    pack(context, &panels->input, &memory,
         (sn_pack_source){w_ih, cell->input_row, I, 1, NULL, 0});
    for (size_t p = 0; p < cell->phases; p++)
        pack(context, &panels->hidden[p], &memory,
             (sn_pack_source){w_hh, cell->forward[p].gate_row, H, 1, NULL, 0});
    pack_bias(memory, b_ih, b_hh, cell, H);
    panels->bias = memory;
    memory += sn_whole_lines((cell->gates + 1) * H);
    if (!backward) return;
    pack(context, &panels->input_backward, &memory,
         (sn_pack_source){w_ih, &first, 1, I, cell->input_row, H});
    for (size_t p = 0; p < cell->phases; p++)
        pack(context, &panels->hidden_backward[p], &memory,
             (sn_pack_source){w_hh, &first, 1, H, cell->backward[p].gate_row, H});
}

// The parts of forward's own; returns their floats. With `chunks`, the last of them has room for
// the sums of as many steps as are projected at once.
static size_t carve_forward(const sn_context *context, float *memory,
                            sn_recurrent_workspace *parts, const sn_cell *cell, size_t rows,
                            size_t sequences, size_t input_size, size_t hidden_size, bool chunks) {
    const size_t saved_size = sn_cell_saved_size(cell, hidden_size), threads = context->threads;
    const size_t apart = threads * SN_FLOATS_APART;
    const size_t state = sequences * sn_state_size(hidden_size) + apart;
    size_t sums = (sequences + threads) * saved_size + apart;
    if (chunks) {
        const size_t weights = cell->gates * hidden_size * input_size;
        const size_t bytes = sn_forward_chunk_bytes(weights * sizeof(float));
        const size_t most = bytes / (saved_size * sizeof(float)) + sequences;
        const size_t chunk = (rows < most ? rows : most) * saved_size;
        sums = sums > chunk ? sums : chunk;
    }
    if (memory) {
        parts->h[0] = memory;
        parts->h[1] = memory + state;
        parts->c = cell->has_cell_state ? memory + 2 * state : NULL;
        parts->sums = memory + (cell->has_cell_state ? 3 : 2) * state;
    }
    return (cell->has_cell_state ? 3 : 2) * state + sums;
}

sn_recurrent_workspace sn_recurrent_carve(const sn_context *context, float *memory,
                                          const sn_cell *cell, size_t rows, size_t sequences,
                                          size_t table_rows, size_t input_size, size_t hidden_size,
                                          bool backward, size_t *floats) {
    sn_recurrent_workspace parts = {.zeros = memory};
    size_t used = sn_whole_lines(sn_cell_saved_size(cell, hidden_size));
    if (memory) parts.table_sums = memory + used;
    used += sn_whole_lines(table_rows * sn_cell_saved_size(cell, hidden_size));
    size_t forward = carve_forward(context, memory ? memory + used : NULL, &parts, cell, rows,
                                   sequences, input_size, hidden_size, !backward);
    if (!backward) {
        used += forward;
    } else {
        size_t state = sn_whole_lines(sequences * hidden_size);
        size_t pointers = sn_whole_lines(rows * sizeof(float *) / sizeof(float));
        size_t packed =
            sn_backward_packed_floats(context, sequences, input_size, hidden_size);
        size_t starts[] = {used, used + state, used + 2 * state, used + 2 * state + pointers};
        if (memory) {
            parts.dc = memory + starts[0];
            parts.scratch = memory + starts[1];
            parts.table = (const float **)(void *)(memory + starts[2]);
            parts.packed[0] = memory + starts[3];
            parts.packed[1] = memory + starts[3] + packed;
        }
        // Forward is over when backward begins.
        used = starts[3] + 2 * packed > used + forward ? starts[3] + 2 * packed : used + forward;
    }
    *floats = used;
    return parts;
}

size_t sn_recurrent_floats(const sn_context *context, const sn_cell *cell, size_t rows,
                           size_t sequences, size_t table_rows, size_t input_size,
                           size_t hidden_size, bool backward) {
    size_t floats;
    sn_recurrent_carve(context, NULL, cell, rows, sequences, table_rows, input_size, hidden_size,
                       backward, &floats);
    return floats;
}

sn_recurrent_workspace sn_recurrent_workspace_of(const sn_context *context,
                                                 const sn_recurrent_run *run, bool backward) {
    size_t floats;
    sn_recurrent_workspace parts = sn_recurrent_carve(
        context, run->workspace, run->cell, run->batch->rows, run->batch->sequences,
        run->input.table_rows, run->input_size, run->hidden_size, backward, &floats);
    memset(parts.zeros, 0, sn_cell_saved_size(run->cell, run->hidden_size) * sizeof(float));
    return parts;
}

sn_pass sn_recurrent_pass_of(const sn_recurrent_run *run,
                             const sn_recurrent_workspace *workspace) {
    return (sn_pass){.batch = run->batch,
                     .hidden = run->hidden_size,
                     .saved_size = sn_cell_saved_size(run->cell, run->hidden_size),
                     .y = run->y,
                     .y_stride = run->y_stride,
                     .cells = run->cells,
                     .saved = run->saved,
                     .h0 = run->h0,
                     .c0 = run->c0,
                     .zeros = workspace->zeros};
}
