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

size_t sn_recurrent_weight_bytes(const sn_recurrent_run *run) {
    const size_t width = (run->input.ids ? 0 : run->input_size) + run->hidden_size;
    return run->cell->gates * run->hidden_size * width *
           sn_element_bytes(run->panels->input.element);
}

// How many threads the work of a direction's pass is worth: where the run does not say what is, at
// least as many as hold its weights in their L2.
static size_t threads_worth(const sn_context *context, const sn_recurrent_run *run) {
    if (run->worth_a_thread) return 1 + layer_work(run) / run->worth_a_thread;
    const size_t work = layer_work(run) / SN_WORTH_A_THREAD;
    const size_t bytes = sn_recurrent_weight_bytes(run), l2 = context->l2_bytes;
    const size_t held = l2 && bytes >= l2 ? bytes / l2 : 0;  // no division in a small step
    return 1 + (work > held ? work : held);
}

// The division of one direction of some sequences among `available` threads, and how many of them
// are worth waking.
static sn_division divide(const sn_context *context, const sn_recurrent_run *run, bool backward,
                          size_t sequences, size_t available, size_t *threads) {
    const sn_recurrent_panels *weights = run->panels;
    const sn_panels *hidden = backward ? &weights->hidden_backward[0] : &weights->hidden[0];
    const size_t H = run->hidden_size, weight = run->cell->gates * H * H;
    const size_t rows = sequences / SN_ROWS_A_THREAD;
    const size_t work = threads_worth(context, run);
    const size_t blocks = hidden->blocks;
    // Waking threads for a single step outweighs its barriers; of several, each has its own.
    const size_t step_work =
        run->batch->steps == 1 ? work : weight * sequences / SN_WORK_A_BARRIER + 1;
    const bool resident = weight * sn_element_bytes(hidden->element) <= SN_RESIDENT_BYTES;
    sn_division division = {.by_rows = rows >= available && (resident || blocks < 2)};
    size_t most = division.by_rows ? rows : blocks < step_work ? blocks : step_work;
    most = most < work ? most : work;
    *threads = most < available ? most : available;
    return division;
}

sn_division sn_recurrent_division(const sn_context *context, const sn_recurrent_run *run,
                                  size_t directions, bool backward, size_t *threads) {
    const size_t sequences = run->batch->sequences;
    const sn_division whole =
        divide(context, run, backward, sequences, context->threads, threads);
    const size_t H = run->hidden_size, half = context->threads / 2;
    const size_t element_bytes = sn_element_bytes(run->panels->hidden[0].element);
    if (context->threads % 2 || 2 * layer_work(run) < SN_WORTH_A_THREAD) return whole;
    const size_t shards =
        backward ? sn_backward_shards(run->cell, sequences, run->input_size, H) : 1;
    // Directions side by side, unless there are no barriers to save, or no room for a direction's
    // weights in the caches of a half.
    const bool side_by_side =
        directions > 1 && !whole.by_rows &&
        run->cell->gates * H * H * element_bytes <= half * SN_SIDE_BY_SIDE_BYTES;
    if (!side_by_side && shards < 2) return whole;
    sn_division each = divide(context, run, backward,
                              side_by_side ? sequences : sequences / shards, half, threads);
    each.side_by_side = side_by_side;
    each.shards_apart = !side_by_side;
    *threads *= 2;
    return each;
}

// The first sequence of part `index`: one is of the parts before it when most of its rows lie
// before `index` of `parts` shares of `total` rows.
static size_t sequence_bound(const sn_batch *batch, sn_range sequences, size_t total,
                             size_t index, size_t parts) {
    size_t b = sequences.begin, before = 0, length = batch->steps;
    for (; b < sequences.end; b++, before += length) {
        while (length > 0 && sn_step_rows(batch, length - 1) <= b) length--;
        if ((2 * before + length) * parts > 2 * total * index) break;
    }
    return b;
}

sn_range sn_sequence_share(const sn_batch *batch, sn_range sequences, size_t index,
                           size_t parts) {
    size_t total = 0;
    for (size_t step = 0; step < batch->steps; step++) {
        const sn_range rows = sn_active_rows(batch, step, sequences);
        total += rows.end - rows.begin;
    }
    return (sn_range){sequence_bound(batch, sequences, total, index, parts),
                      sequence_bound(batch, sequences, total, index + 1, parts)};
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
