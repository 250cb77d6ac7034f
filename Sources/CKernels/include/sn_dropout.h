// Dropout (Srivastava et al. 2014), scaled while training so that inference needs nothing.
#ifndef SN_DROPOUT_H
#define SN_DROPOUT_H

#include "sn_context.h"

// y[i] = keep_i ? x[i] / (1-p) : 0, with keep_i drawn from number i of the stream, and
// true with probability 1-p. y may alias x. 0 <= p < 1.
void sn_dropout_forward(const sn_context *context, float *y, const float *x, float p, uint64_t seed,
                        uint64_t stream, size_t n);

// dx[i] += keep_i ? dy[i] / (1-p) : 0, with the same draws. No alias.
void sn_dropout_backward(const sn_context *context, float *dx, const float *dy, float p,
                         uint64_t seed, uint64_t stream, size_t n);

#endif
