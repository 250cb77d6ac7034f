// Softmax cross-entropy fused with the output projection: the logits of all rows never
// exist at once; with gradients only those of a block of rows over the whole vocabulary, else
// those of a chunk of words on each thread.
#ifndef SN_SOFTMAX_H
#define SN_SOFTMAX_H

#include "sn_context.h"
#include "sn_panels.h"

// losses[r] = -weight[r] * log softmax(h[r]·Wᵀ + b)[targets[r]], in nats; and with gradients
//   d[r]  = scale * weight[r] * (p - onehot)
//   dh[r] += d[r]·W      [rows,H]
//   dw    += dᵀ·h        [V,H]
//   db    += sum of d[r] [V]
// All three of dh, dw, db are given, or all are NULL: then only the losses are computed. With
// dw_is_empty dw holds nothing yet and is written.
//   h          [rows,H]
//   w          [V,H]; b [V] or NULL (then db is not used)
//   targets    [rows], each in 0 … V-1
//   weights    [rows], finite; NULL: all 1
//   workspace  sn_softmax_floats() floats, 64-byte aligned
void sn_softmax_loss(const sn_context *context, float *losses, float *dh, float *dw, float *db,
                     const float *h, const float *w, const float *b, const int32_t *targets,
                     const float *weights, float scale, bool dw_is_empty, float *workspace,
                     size_t rows, size_t hidden_size, size_t vocabulary);
size_t sn_softmax_floats(const sn_context *context, size_t rows, size_t hidden_size,
                         size_t vocabulary, bool gradients);

// y[rows,n] = log softmax of each row of x, exact to 3 ULP of the sum; y may alias x.
void sn_log_softmax(const sn_context *context, float *y, const float *x, size_t rows, size_t n);

// The k greatest of each row of sn_log_softmax(), greatest first and of equal ones the first:
// y[rows,k] their values, ids[rows,k] where they stand. 1 <= k <= n. A row with a NaN gives NaNs
// and any ids of 0 … n-1.
void sn_log_softmax_top(const sn_context *context, float *y, int32_t *ids, const float *x,
                        size_t rows, size_t n, size_t k);

#endif
