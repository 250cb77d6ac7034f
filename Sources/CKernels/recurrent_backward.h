// The backward pass of a recurrent layer, chunk of steps by chunk of steps: first the
// gradients run through the steps of a chunk, then, while they are in the cache, those of the
// input and the weights are taken from them. Private to the kernels.
#ifndef SN_RECURRENT_BACKWARD_H
#define SN_RECURRENT_BACKWARD_H

#include "recurrent.h"

typedef struct sn_backward {
    const sn_context *context;
    sn_pass pass;
    float *dx, *dc0;
    float *dw_ih, *dw_hh, *db_ih, *db_hh;
    const float *dhn, *dcn;
    sn_recurrent_input input;
    const sn_recurrent_panels *panels;
    const sn_cell *cell;
    sn_recurrent_workspace workspace;
    size_t input_size;
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

// The gradients of the input and the weights from a chunk whose steps are done.
void sn_backward_take_gradients(const sn_team *team, const sn_backward *g, const sn_chunk *chunk);

// What is left when all chunks are done: the gradients that go through a table.
void sn_backward_finish_gradients(const sn_team *team, const sn_backward *g);

#endif
