// The backward pass of a recurrent layer, chunk of steps by chunk of steps: first the
// gradients run through the steps of a chunk, then, while they are in the cache, those of the
// input and the weights are taken from them. Private to the kernels.
#ifndef SN_RECURRENT_BACKWARD_H
#define SN_RECURRENT_BACKWARD_H

#include "recurrent.h"

// One direction's pass.
typedef struct sn_backward {
    const sn_context *context;
    const sn_recurrent_run *run;
    const sn_recurrent_gradients *gradients;
    sn_pass pass;
    sn_recurrent_workspace workspace;
    sn_division division;
} sn_backward;

// Neighbouring steps and their rows.
typedef struct sn_chunk {
    size_t index;          // 0 is the first that backward meets
    size_t step, steps;
    size_t row, rows;
} sn_chunk;

// Floats of what is packed for one chunk.
size_t sn_backward_packed_floats(const sn_context *context, size_t sequences, size_t input_size,
                                 size_t hidden_size);

// What the gradients of the weights multiply, packed: the thread's share of the panels.
void sn_backward_pack_chunk(const sn_team *team, const sn_backward *g, const sn_chunk *chunk);

// The gradients of the weights, and of the input if `takes_input`, from a chunk whose steps
// are done.
void sn_backward_take_gradients(const sn_team *team, const sn_backward *g, const sn_chunk *chunk,
                                bool takes_input);

// What is left when all chunks are done: the gradients that go through a table.
void sn_backward_finish_gradients(const sn_team *team, const sn_backward *g, bool takes_input);

// The gradient of the input from all rows, where the above left it out.
void sn_backward_take_input_gradient(const sn_team *team, const sn_backward *g);

#endif
