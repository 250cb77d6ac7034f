// How the kernels of pooling walk over a batch. Private to them.
#ifndef SN_POOLING_PRIVATE_H
#define SN_POOLING_PRIVATE_H

#include "elementwise.h"

enum {
    // Steps whose sum is made before it is added to the total, so that a long sequence loses
    // hardly more digits than a short one.
    SN_POOL_STEPS = 64,
    // Columns of a sequence that a thread takes at once: 1 kB of each row.
    SN_POOL_COLUMNS = 256,
};

// The rows of a sequence from a step on, at most SN_POOL_STEPS; returns how many, 0 behind the
// last step.
static inline size_t sn_pool_rows(size_t *rows, const sn_batch *batch, size_t sequence,
                                  size_t step) {
    size_t count = 0;
    for (size_t t = step; t < batch->steps && count < SN_POOL_STEPS; t++) {
        if (sequence >= batch->first_row[t + 1] - batch->first_row[t]) break;
        rows[count++] = batch->first_row[t] + sequence;
    }
    return count;
}

// y[columns] of a sequence = the sum of weights·x over its steps, all weights 1 when NULL; returns
// the steps.
size_t sn_pool_sum(const sn_isa *isa, float *y, const float *x, const float *weights,
                   const sn_batch *batch, size_t width, size_t sequence, sn_range columns);

// Columns `columns` of a sequence's row of a [B,width] matrix, and of rows of the batch.
typedef void (*sn_pool_block)(const void *arguments, size_t sequence, sn_range columns);

// Calls `block` for the thread's blocks of columns of all sequences. They are dealt out in turn,
// for sequences lie longest first.
void sn_pool_each_block(const sn_team *team, const sn_batch *batch, size_t width,
                        sn_pool_block block, const void *arguments);

#endif
