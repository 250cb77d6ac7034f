// Attention: the rows of one batch of sequences, the queries, look at the rows of another, the
// keys. Each query row takes the sum of the value rows of its source, weighed by the softmax of
// its scores with their keys (Bahdanau et al. 2015; Luong et al. 2015):
//
//   score(q, k) = q·k             multiplicative, or
//   score(q, k) = w·tanh(q + k)   additive
//   p = softmax of the scores over the source's rows,  y = Σ p_j v_j
//
// A query row alone has the bits of the same row in a sequence or batch.
#ifndef SN_ATTENTION_H
#define SN_ATTENTION_H

#include "sn_batch.h"
#include "sn_context.h"

// Which rows belong together. Each batch is sorted by its own lengths, so that a sequence of
// queries and its source stand at different places.
typedef struct sn_attention_layout {
    const sn_batch *queries, *keys;
    const uint32_t *source;      // [query sequences] the sequence of `keys` that each looks at
    // [query rows + 1] where the weights of each query row begin, one for each row of its source,
    // in the order of time. Rows of queries follow each other, so no weight is padding.
    const size_t *first_weight;
} sn_attention_layout;

// One pass.
//   width        A, of queries and keys
//   value_width  D
//   q            [query rows,A]
//   k            [key rows,A]
//   v            [key rows,D]; may be k
//   w            [A] of the additive score; NULL for the multiplicative one
//   y            [query rows,D]
//   p            [first_weight[query rows]] the weights
// y and p alias nothing.
typedef struct sn_attention_run {
    const sn_attention_layout *layout;
    size_t width, value_width;
    const float *q, *k, *v, *w;
    float *y, *p;
} sn_attention_run;

// Gradients, each added to what is there.
//   dq, dk, dv   shaped as q, k, v; dk may be dv
//   dw           [A]; not used by the multiplicative score
//   dy           [query rows,D]
//   workspace    sn_attention_floats() floats, 64-byte aligned
typedef struct sn_attention_gradients {
    float *dq, *dk, *dv, *dw;
    const float *dy;
    float *workspace;
} sn_attention_gradients;

// Writes y and p.
void sn_attention_forward(const sn_context *context, const sn_attention_run *run);

// Backward of a run as forward left it. No two sequences of queries have the same source.
void sn_attention_backward(const sn_context *context, const sn_attention_run *run,
                           const sn_attention_gradients *gradients);

// Workspace of sn_attention_backward().
size_t sn_attention_floats(const sn_attention_layout *layout, size_t width);

#endif
