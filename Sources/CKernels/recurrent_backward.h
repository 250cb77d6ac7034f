// The backward pass of a recurrent layer, shard by shard, chunk of steps by chunk of steps: first
// the gradients run through the steps of a chunk, then, while they are in the cache, those of the
// input and the weights are taken from them. Private to the kernels.
#ifndef SN_RECURRENT_BACKWARD_H
#define SN_RECURRENT_BACKWARD_H

#include "recurrent.h"

// One direction's pass. Each thread has one of its own, which says what it is at.
typedef struct sn_backward {
    const sn_context *context;
    const sn_recurrent_run *run;
    const sn_recurrent_gradients *gradients;
    sn_pass pass;
    sn_recurrent_workspace workspace;
    sn_division division;
    size_t shards;
    bool adds_to_input;  // else the gradient of the input is written
    bool takes_input;  // else dz goes to `saved`, from where the gradient of the input is taken

    size_t shard;
    sn_range sequences;           // of the shard
    sn_range own;                 // which the thread carries; by units, those of the shard
    sn_weight_gradients weights;  // where the shard gathers
    // dz of the step that was met before, from the shard's first row on.
    const float *next_dz;
    size_t next_row;
} sn_backward;

// Neighbouring steps and their rows of the shard, whose dz lie one after another.
typedef struct sn_chunk {
    size_t index;  // 0 is the first that backward meets
    size_t step, steps;
    size_t rows;
    float *dz;     // [rows,saved_size]
    float *packed;
} sn_chunk;

// Calls BODY for each step of a chunk, with its `rows` of some sequences of the shard, and `place`,
// that of the first of the shard's rows of the step within the chunk.
#define SN_EACH_STEP(g, chunk, some)                                                              \
    for (size_t step = (chunk)->step, place = 0, once_ = 1; step < (chunk)->step + (chunk)->steps; \
         place += sn_shard_rows(g, step), step++, once_ = 1)                                      \
        for (sn_range rows = sn_active_rows((g)->run->batch, step, some); once_; once_ = 0)

// How many rows of a step are the shard's.
static inline size_t sn_shard_rows(const sn_backward *g, size_t step) {
    const sn_range rows = sn_active_rows(g->run->batch, step, g->sequences);
    return rows.end - rows.begin;
}

// The place of a row of a step within the shard's rows of it.
static inline size_t sn_place_in_step(const sn_backward *g, size_t step, size_t row) {
    return row - sn_active_rows(g->run->batch, step, g->sequences).begin;
}

// Floats of what is packed for a chunk of so many rows.
size_t sn_backward_packed_floats(const sn_context *context, size_t rows, size_t input_size,
                                 size_t hidden_size);

// What the gradients of the weights multiply, packed: the thread's share.
void sn_backward_pack_chunk(const sn_team *team, const sn_backward *g, const sn_chunk *chunk);

// The gradients of the weights, and of the input if it is taken, from a chunk whose steps are done.
void sn_backward_take_gradients(const sn_team *team, const sn_backward *g, const sn_chunk *chunk);

// Adds what the second shard gathered to the first.
void sn_backward_join_shards(const sn_team *team, const sn_backward *g);

// What is left when all shards are done: the gradients that go through a table.
void sn_backward_finish_gradients(const sn_team *team, const sn_backward *g);

// The gradient of the input from all rows, where the above left it out.
void sn_backward_take_input_gradient(const sn_team *team, const sn_backward *g);

#endif
