// Pooling: the rows x[rows,D] of a packed batch to one row for each of its sequences, y[B,D].
//
// Sums over the steps of a sequence go in chunks of 64 steps, ascending: a sequence alone gives
// the same bits as in a batch. The direction of the batch does not matter.
#ifndef SN_POOLING_H
#define SN_POOLING_H

#include "sn_batch.h"
#include "sn_context.h"

// y = the mean of each sequence's rows.
void sn_mean_pool_forward(const sn_context *context, float *y, const float *x,
                          const sn_batch *batch, size_t width);

// dx[r] += dy of r's sequence / its steps.
void sn_mean_pool_backward(const sn_context *context, float *dx, const float *dy,
                           const sn_batch *batch, size_t width);

// y = the greatest of each column over each sequence's rows. Of equal values the earliest is
// taken. A NaN counts as greater than all, so that none is lost.
//   winners  out  [B,D] the row that each value was taken from
void sn_max_pool_forward(const sn_context *context, float *y, int32_t *winners, const float *x,
                         const sn_batch *batch, size_t width);

// dx[winners[b][c]][c] += dy[b][c].
void sn_max_pool_backward(const sn_context *context, float *dx, const float *dy,
                          const int32_t *winners, const sn_batch *batch, size_t width);

// Self-attention pooling (Yang et al. 2016): over the steps of each sequence
//   weights = softmax(keys·query),  y = the sum of weights·x
//   weights  out  [rows]
//   keys          [rows,A]; query [A]
void sn_attention_pool_forward(const sn_context *context, float *y, float *weights, const float *x,
                               const float *keys, const float *query, const sn_batch *batch,
                               size_t width, size_t key_size);

// dx += weights·dy, dkeys += dscores·query. The gradient of the query is dscoresᵀ·keys, a product
// over all rows that is left to the caller.
//   dscores  out  [rows] the gradients of keys·query
void sn_attention_pool_backward(const sn_context *context, float *dx, float *dkeys, float *dscores,
                                const float *dy, const float *weights, const float *x,
                                const float *query, const sn_batch *batch, size_t width,
                                size_t key_size);

#endif
