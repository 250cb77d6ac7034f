// What forward and backward of the recurrent layers share. Private to the kernels.
#ifndef SN_RECURRENT_PRIVATE_H
#define SN_RECURRENT_PRIVATE_H

#include "cell.h"
#include "gemm.h"

// How the threads of a team divide the steps of a batch.
//
// By rows: each thread carries its sequences through time by itself, without a barrier.
// By units: each thread owns some blocks of the weights, which then fit its own cache; one
// barrier a phase, for every unit reads the whole state before it.
// Side by side: half of the team takes one direction of a layer, half the other, each half
// dividing its own as above; else the whole team takes one direction after the other.
// Shards apart: half of the team takes one shard of the sequences in backward, half the other;
// else the whole team takes one after the other.
typedef struct sn_division {
    bool by_rows;
    bool side_by_side;
    bool shards_apart;
} sn_division;

enum { SN_MAX_DIRECTIONS = 2, SN_MAX_SHARDS = 2 };

// Whether this team runs side by side: OpenMP may have granted fewer threads than asked for.
static inline bool sn_is_side_by_side(const sn_team *team, sn_division division) {
    return division.side_by_side && team->count % 2 == 0;
}

// Chooses the division and the number of threads worth waking for a pass, forward or backward,
// over the directions of a layer.
sn_division sn_recurrent_division(const sn_context *context, const sn_recurrent_run *run,
                                  size_t directions, bool backward, size_t *threads);

// Bytes of the weights of a direction that a step meets.
size_t sn_recurrent_weight_bytes(const sn_recurrent_run *run);

static inline size_t sn_step_rows(const sn_batch *batch, size_t step) {
    return batch->first_row[step + 1] - batch->first_row[step];
}

static inline sn_range sn_all_sequences(const sn_batch *batch) {
    return (sn_range){0, batch->sequences};
}

// The rows of a step that belong to some sequences.
static inline sn_range sn_active_rows(const sn_batch *batch, size_t step, sn_range sequences) {
    const size_t first = batch->first_row[step], active = sn_step_rows(batch, step);
    return (sn_range){first + (sequences.begin < active ? sequences.begin : active),
                      first + (sequences.end < active ? sequences.end : active)};
}

// Part `index` of neighbouring sequences that are cut into `parts` of nearly equal numbers of
// rows.
sn_range sn_sequence_share(const sn_batch *batch, sn_range sequences, size_t index, size_t parts);

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

// Where the gradients of the weights are gathered, laid out as the weights.
typedef struct sn_weight_gradients {
    float *dw_ih, *dw_hh, *db_ih, *db_hh;
    bool matrices_are_empty;  // dw_ih and dw_hh hold nothing yet
} sn_weight_gradients;

// The shards of a backward pass: neighbouring sequences whose gradients of the weights are summed
// apart and then added, so that threads which carry a shard each need nothing of each other. The
// sizes alone fix their number, and with it the bits.
size_t sn_backward_shards(const sn_cell *cell, size_t sequences, size_t input_size,
                          size_t hidden_size);

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
    // [table_rows,saved_size]: forward the table's projection; backward its gradient, of each shard
    float *table_sums[SN_MAX_SHARDS];
    // Forward: the states that are carried, [B,state_size] each with SN_FLOATS_APART between those
    // of a thread and the next, c NULL without a cell state; the sums of the rows of each thread's
    // step, or of a chunk.
    float *h[2], *c, *sums;
    // Backward: [B,H] each, with SN_FLOATS_APART between those of a shard and the next.
    float *dc, *scratch;
    // Backward, of each shard two chunks in turn: dz [rows of the chunk,saved_size], which a single
    // shard leaves in `saved`; x, h before each row, and what the candidate multiplied where that
    // is not h, packed.
    float *dz[SN_MAX_SHARDS][2], *packed[SN_MAX_SHARDS][2];
    sn_weight_gradients second_shard;
} sn_recurrent_workspace;

// The workspace of a run.
sn_recurrent_workspace sn_recurrent_workspace_of(const sn_context *context,
                                                 const sn_recurrent_run *run, bool backward);

// What a pass over the run's batch reads and writes, forward's part of it.
sn_pass sn_recurrent_pass_of(const sn_recurrent_run *run, const sn_recurrent_workspace *workspace);

#endif
