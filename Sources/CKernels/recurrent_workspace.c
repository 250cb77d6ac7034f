#include <string.h>

#include "recurrent_backward.h"

// Memory that is cut from its beginning on; without a base it is only counted.
typedef struct arena {
    float *base;
    size_t used;
} arena;

static float *take(arena *memory, size_t floats) {
    float *part = memory->base ? memory->base + memory->used : NULL;
    memory->used += sn_whole_lines(floats);
    return part;
}

// Forward's own parts. With `chunks` there is room for the sums of as many steps as are projected
// at once.
static void carve_forward(const sn_context *context, arena *memory, sn_recurrent_workspace *parts,
                          const sn_cell *cell, size_t rows, size_t sequences, size_t input_size,
                          size_t hidden_size, bool chunks) {
    const size_t saved_size = sn_cell_saved_size(cell, hidden_size);
    const size_t apart = context->threads * SN_FLOATS_APART;
    const size_t state = sequences * sn_state_size(hidden_size) + apart;
    size_t sums = sequences * saved_size + apart;
    if (chunks) {
        const size_t weights = cell->gates * hidden_size * input_size;
        const size_t bytes = sn_forward_chunk_bytes(weights * sizeof(float));
        const size_t most = bytes / (saved_size * sizeof(float)) + sequences;
        const size_t chunk = (rows < most ? rows : most) * saved_size;
        sums = sums > chunk ? sums : chunk;
    }
    parts->h[0] = take(memory, state);
    parts->h[1] = take(memory, state);
    if (cell->has_cell_state) parts->c = take(memory, state);
    // The last, for its length is not the same without backward.
    parts->sums = take(memory, sums);
}

static void carve_backward(const sn_context *context, arena *memory, sn_recurrent_workspace *parts,
                           const sn_cell *cell, size_t sequences, size_t input_size,
                           size_t hidden_size) {
    const size_t saved_size = sn_cell_saved_size(cell, hidden_size);
    const size_t shards = sn_backward_shards(cell, sequences, input_size, hidden_size);
    const size_t state = sequences * hidden_size + shards * SN_FLOATS_APART;
    const size_t rows = sequences > SN_BACKWARD_ROWS ? sequences : SN_BACKWARD_ROWS;
    parts->dc = take(memory, state);
    parts->scratch = take(memory, state);
    for (size_t shard = 0; shard < shards; shard++)
        for (size_t turn = 0; turn < 2; turn++) {
            if (shards > 1) parts->dz[shard][turn] = take(memory, rows * saved_size);
            parts->packed[shard][turn] =
                take(memory, sn_backward_packed_floats(context, rows, input_size, hidden_size));
        }
    const size_t gates = cell->gates * hidden_size;
    if (shards > 1)
        parts->second_shard =
            (sn_weight_gradients){.dw_ih = take(memory, gates * input_size),
                                  .dw_hh = take(memory, gates * hidden_size),
                                  .db_ih = take(memory, gates),
                                  .db_hh = take(memory, gates),
                                  .matrices_are_empty = true};
}

static sn_recurrent_workspace carve(const sn_context *context, arena *memory, const sn_cell *cell,
                                    size_t rows, size_t sequences, size_t table_rows,
                                    size_t input_size, size_t hidden_size, bool backward) {
    const size_t saved_size = sn_cell_saved_size(cell, hidden_size);
    sn_recurrent_workspace parts = {.zeros = take(memory, saved_size)};
    const size_t shards =
        backward ? sn_backward_shards(cell, sequences, input_size, hidden_size) : 1;
    for (size_t shard = 0; shard < shards; shard++)
        parts.table_sums[shard] = take(memory, table_rows * saved_size);
    const size_t both = memory->used;
    carve_forward(context, memory, &parts, cell, rows, sequences, input_size, hidden_size,
                  !backward);
    if (!backward) return parts;
    // Forward is over when backward begins.
    const size_t forward = memory->used;
    memory->used = both;
    carve_backward(context, memory, &parts, cell, sequences, input_size, hidden_size);
    if (memory->used < forward) memory->used = forward;
    return parts;
}

size_t sn_recurrent_floats(const sn_context *context, const sn_cell *cell, size_t rows,
                           size_t sequences, size_t table_rows, size_t input_size,
                           size_t hidden_size, bool backward) {
    arena memory = {NULL, 0};
    carve(context, &memory, cell, rows, sequences, table_rows, input_size, hidden_size, backward);
    return memory.used;
}

sn_recurrent_workspace sn_recurrent_workspace_of(const sn_context *context,
                                                 const sn_recurrent_run *run, bool backward) {
    arena memory = {run->workspace, 0};
    sn_recurrent_workspace parts =
        carve(context, &memory, run->cell, run->batch->rows, run->batch->sequences,
              run->input.table_rows, run->input_size, run->hidden_size, backward);
    memset(parts.zeros, 0, sn_cell_saved_size(run->cell, run->hidden_size) * sizeof(float));
    return parts;
}
