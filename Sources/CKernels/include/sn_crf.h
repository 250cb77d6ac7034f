// A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over a packed
// batch: exact likelihood, gradients, marginals and the best tags.
//
// A sequence of T steps with emissions e_t [K] scores tags y by
//   s(y) = start[y_0] + e_0[y_0] + sum over t > 0 of (transitions[y_t-1, y_t] + e_t[y_t])
//        + end[y_T-1]
// and gives them the probability exp(s(y)) / Z, Z the sum of exp(s) over all tags that are
// allowed. Sums stay in log space, from the greatest term down, so that no score is too far below
// another; the greatest score of each step is taken off and summed in float64.
//
// The direction of the batch is of no account, and so are resets: a sequence is one chain from
// its step 0 to its last. Losses, marginals, tags and gradients of the emissions of a sequence
// have the same bits in any batch.
#ifndef SN_CRF_H
#define SN_CRF_H

#include "sn_batch.h"
#include "sn_context.h"

// What forbids and scores neighbours among K tags.
typedef struct sn_crf {
    size_t tags;               // K
    const float *transitions;  // [K,K] score of tag j (column) right after tag i (row)
    const float *start, *end;  // [K] score of the first tag, and of the last one
    // [K,K], [K], [K]; 0 where forbidden. All three are given, or all are NULL: all is allowed.
    const uint8_t *allowed_transitions, *allowed_starts, *allowed_ends;
} sn_crf;

// Where the gradients of scale * the sum of the losses are added; what is forbidden has 0.
typedef struct sn_crf_gradients {
    float *emissions;    // [rows,K]
    float *transitions;  // [K,K]
    float *start, *end;  // [K]
    float scale;
} sn_crf_gradients;

// Floats of the workspace of each function below.
size_t sn_crf_floats(const sn_context *context, size_t tags, const sn_batch *batch);

// losses[b] = log Z - s(targets of sequence b), in nats, at least 0; and, unless it is NULL,
// adds the gradients. The loss is +inf where the targets use what is forbidden, and NaN where an
// emission is NaN or where nothing is allowed; gradients mean nothing then.
//   emissions  [rows,K]
//   targets    [rows], each in 0 … K-1
//   workspace  sn_crf_floats() floats, 64-byte aligned
void sn_crf_loss(const sn_context *context, float *losses, const sn_crf_gradients *gradients,
                 const float *emissions, const int32_t *targets, const sn_crf *crf,
                 float *workspace, const sn_batch *batch);

// marginals[rows,K] = the probability of each tag at each row, over all tags of the other rows;
// they mean nothing where the loss would be NaN.
void sn_crf_marginals(const sn_context *context, float *marginals, const float *emissions,
                      const sn_crf *crf, float *workspace, const sn_batch *batch);

// tags[rows] = those of the greatest score (Viterbi 1967); from the last step back, ties go to the
// lower tag. scores[B] is that score, summed in float64, or NULL. Tags are in 0 … K-1 whatever
// the emissions; where nothing is allowed the score is -inf, and where an emission is NaN the tags
// mean nothing.
void sn_crf_decode(const sn_context *context, int32_t *tags, float *scores, const float *emissions,
                   const sn_crf *crf, float *workspace, const sn_batch *batch);

#endif
