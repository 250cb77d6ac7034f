#include <float.h>

#include "pooling.h"

typedef struct attention_arguments {
    const sn_isa *isa;
    float *y, *noted_weights, *dx, *dkeys, *dscores;
    const float *dy, *weights, *x, *keys, *query;
    const sn_batch *batch;
    size_t width, key_size;
} attention_arguments;

// The weights of a sequence's steps: the softmax of their scores.
static void weigh_steps(const attention_arguments *a, size_t sequence) {
    float *weights = a->noted_weights, greatest = -FLT_MAX, sum = 0;
    size_t rows[SN_POOL_STEPS], count;
    for (size_t t = 0; (count = sn_pool_rows(rows, a->batch, sequence, t)) > 0; t += count) {
        for (size_t i = 0; i < count; i++) {
            float score = a->isa->dot(a->keys + rows[i] * a->key_size, a->query, a->key_size);
            greatest = score > greatest ? score : greatest;
            weights[rows[i]] = score;
        }
    }
    for (size_t t = 0; (count = sn_pool_rows(rows, a->batch, sequence, t)) > 0; t += count) {
        float scores[SN_POOL_STEPS], exponentials[SN_POOL_STEPS];
        for (size_t i = 0; i < count; i++) scores[i] = weights[rows[i]];
        sum += a->isa->exp_sum(exponentials, scores, greatest, count);
        for (size_t i = 0; i < count; i++) weights[rows[i]] = exponentials[i];
    }
    for (size_t t = 0; (count = sn_pool_rows(rows, a->batch, sequence, t)) > 0; t += count)
        for (size_t i = 0; i < count; i++) weights[rows[i]] /= sum;
}

static void forward_block(const void *arguments, size_t sequence, sn_range columns) {
    const attention_arguments *a = arguments;
    sn_pool_sum(a->isa, a->y + sequence * a->width + columns.begin, a->x, a->noted_weights,
                a->batch, a->width, sequence, columns);
}

static void forward_body(const sn_team *team, void *arguments) {
    const attention_arguments *a = arguments;
    for (size_t b = team->index; b < a->batch->sequences; b += team->count) weigh_steps(a, b);
    sn_barrier_wait(team);
    sn_pool_each_block(team, a->batch, a->width, forward_block, a);
}

// With dweight = dy·x of each step: dscore = weight·(dweight - the sum of weight·dweight).
static void backward_of_sequence(const attention_arguments *a, size_t sequence) {
    const float *dy = a->dy + sequence * a->width;
    float total = 0;
    size_t rows[SN_POOL_STEPS], count;
    for (size_t t = 0; (count = sn_pool_rows(rows, a->batch, sequence, t)) > 0; t += count) {
        float chunk = 0;
        for (size_t i = 0; i < count; i++) {
            const size_t row = rows[i], at = row * a->width;
            const float weight = a->weights[row], dweight = a->isa->dot(dy, a->x + at, a->width);
            a->isa->add_scaled(a->dx + at, dy, weight, a->width);
            a->dscores[row] = dweight;
            chunk += weight * dweight;
        }
        total += chunk;
    }
    for (size_t t = 0; (count = sn_pool_rows(rows, a->batch, sequence, t)) > 0; t += count) {
        for (size_t i = 0; i < count; i++) {
            const size_t row = rows[i];
            const float dscore = a->weights[row] * (a->dscores[row] - total);
            a->isa->add_scaled(a->dkeys + row * a->key_size, a->query, dscore, a->key_size);
            a->dscores[row] = dscore;
        }
    }
}

static void backward_body(const sn_team *team, void *arguments) {
    const attention_arguments *a = arguments;
    for (size_t b = team->index; b < a->batch->sequences; b += team->count)
        backward_of_sequence(a, b);
}

static void run(const sn_context *context, sn_team_body body, attention_arguments arguments) {
    const size_t floats = arguments.batch->rows * (arguments.width + arguments.key_size);
    sn_parallel(context, sn_elementwise_threads(floats), body, &arguments);
}

void sn_attention_pool_forward(const sn_context *context, float *y, float *weights, const float *x,
                               const float *keys, const float *query, const sn_batch *batch,
                               size_t width, size_t key_size) {
    run(context, forward_body,
        (attention_arguments){.isa = context->isa,
                              .y = y,
                              .noted_weights = weights,
                              .x = x,
                              .keys = keys,
                              .query = query,
                              .batch = batch,
                              .width = width,
                              .key_size = key_size});
}

void sn_attention_pool_backward(const sn_context *context, float *dx, float *dkeys, float *dscores,
                                const float *dy, const float *weights, const float *x,
                                const float *query, const sn_batch *batch, size_t width,
                                size_t key_size) {
    run(context, backward_body,
        (attention_arguments){.isa = context->isa,
                              .dx = dx,
                              .dkeys = dkeys,
                              .dscores = dscores,
                              .dy = dy,
                              .weights = weights,
                              .x = x,
                              .query = query,
                              .batch = batch,
                              .width = width,
                              .key_size = key_size});
}
