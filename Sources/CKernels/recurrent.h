// What forward and backward of the recurrent layers share. Private to the kernels.
#ifndef SN_RECURRENT_PRIVATE_H
#define SN_RECURRENT_PRIVATE_H

#include "cell.h"
#include "gemm.h"

// How the threads of a team divide the steps of a batch.
//
// By rows: each thread carries its sequences through time by itself. No barrier at all when
// every sequence has the same length; else one a step, because the shares shrink with B_t.
// By units: each thread owns some panels of the weights, which then fit its own cache; one
// barrier a phase, for every unit reads the whole state before it.
// Side by side: half of the team takes one direction of a layer, half the other, each half
// dividing its own as above; else the whole team takes one direction after the other.
typedef struct sn_division {
    bool by_rows;
    bool steps_meet;  // a barrier after each step (by rows)
    bool side_by_side;
} sn_division;

enum { SN_MAX_DIRECTIONS = 2 };

// Whether this team runs side by side: OpenMP may have granted fewer threads than asked for.
static inline bool sn_is_side_by_side(const sn_team *team, sn_division division) {
    return division.side_by_side && team->count % 2 == 0;
}

// Chooses the division and the number of threads worth waking for a pass, forward or backward,
// over the directions of a layer.
sn_division sn_recurrent_division(const sn_context *context, const sn_recurrent_run *run,
                                  size_t directions, bool backward, size_t *threads);

static inline size_t sn_step_rows(const sn_batch *batch, size_t step) {
    return batch->first_row[step + 1] - batch->first_row[step];
}

// The rows of a step that a thread carries, where they are divided by rows.
static inline sn_range sn_step_share(const sn_batch *batch, size_t step, const sn_team *team) {
    sn_range rows = sn_share(sn_step_rows(batch, step), team->index, team->count);
    return (sn_range){batch->first_row[step] + rows.begin, batch->first_row[step] + rows.end};
}

// The row of sequence b where this direction ends, or begins.
static inline size_t sn_last_row(const sn_batch *batch, size_t b) {
    return batch->reversed ? b : batch->end_row[b];
}

static inline size_t sn_start_row(const sn_batch *batch, size_t b) {
    return batch->reversed ? batch->end_row[b] : b;
}

// Rows of the steps whose gradients are taken together: their gates stay in the cache from the
// steps to the products. A step that has more is a chunk of its own.
enum { SN_BACKWARD_ROWS = 256 };

// Bytes of gates that forward projects at once, of which it stops behind the first step that
// reaches them: they stay in the cache for the steps. A chunk reads all of W_ih, so one of large
// weights takes more steps.
static inline size_t sn_forward_chunk_bytes(size_t weight_bytes) {
    const size_t least = 1 << 20;
    return weight_bytes / 4 > least ? weight_bytes / 4 : least;
}

// Between what one thread writes and what another does: a page, which no core fetches past.
enum { SN_FLOATS_APART = 1024 };

// Floats of a carried state.
static inline size_t sn_state_size(size_t hidden_size) { return sn_whole_lines(hidden_size); }

// Workspace, cut into its parts.
typedef struct sn_recurrent_workspace {
    float *zeros;         // [saved_size]
    float *table_sums;    // [table_rows,saved_size]: forward its projection, backward its gradient
    // Forward: the states that are carried, [B,state_size] each with SN_FLOATS_APART between those
    // of a thread and the next, c NULL without a cell state; the sums of the rows of each thread's
    // step, or of a chunk.
    float *h[2], *c, *sums;
    float *dc;            // [B,H], backward
    float *scratch;       // [B,H], backward
    const float **table;  // [rows], backward
    // Backward, two chunks in turn: x, h before each row, and what the candidate multiplied
    // where that is not h, packed.
    float *packed[2];
} sn_recurrent_workspace;

sn_recurrent_workspace sn_recurrent_carve(const sn_context *context, float *memory,
                                          const sn_cell *cell, size_t rows, size_t sequences,
                                          size_t table_rows, size_t input_size,
                                          size_t hidden_size, bool backward, size_t *floats);

// The workspace of a run.
sn_recurrent_workspace sn_recurrent_workspace_of(const sn_context *context,
                                                 const sn_recurrent_run *run, bool backward);

// What a pass over the run's batch reads and writes, forward's part of it.
sn_pass sn_recurrent_pass_of(const sn_recurrent_run *run, const sn_recurrent_workspace *workspace);

#endif
