#include "pooling.h"

#include <math.h>
#include <string.h>

void sn_pool_each_block(const sn_team *team, const sn_batch *batch, size_t width,
                        sn_pool_block block, const void *arguments) {
    const size_t blocks = (width + SN_POOL_COLUMNS - 1) / SN_POOL_COLUMNS;
    for (size_t item = team->index; item < batch->sequences * blocks; item += team->count)
        block(arguments, item / blocks, sn_share_grain(width, 16, item % blocks, blocks));
}

size_t sn_pool_sum(const sn_isa *isa, float *y, const float *x, const float *weights,
                   const sn_batch *batch, size_t width, size_t sequence, sn_range columns) {
    const size_t n = columns.end - columns.begin;
    size_t rows[SN_POOL_STEPS], steps = 0;
    memset(y, 0, n * sizeof(float));
    for (size_t count; (count = sn_pool_rows(rows, batch, sequence, steps)) > 0; steps += count) {
        const float *from[SN_POOL_STEPS];
        float factors[SN_POOL_STEPS];
        for (size_t i = 0; i < count; i++) {
            from[i] = x + rows[i] * width + columns.begin;
            factors[i] = weights ? weights[rows[i]] : 1;
        }
        isa->add_rows(y, from, factors, count, n);
    }
    return steps;
}

typedef struct pool_arguments {
    const sn_isa *isa;
    float *to;
    const float *from;
    int32_t *noted_winners;
    const int32_t *winners;
    const sn_batch *batch;
    size_t width;
} pool_arguments;

static void mean_forward_block(const void *arguments, size_t sequence, sn_range columns) {
    const pool_arguments *p = arguments;
    float *y = p->to + sequence * p->width + columns.begin;
    const float steps = (float)sn_pool_sum(p->isa, y, p->from, NULL, p->batch, p->width, sequence,
                                           columns);
    for (size_t c = 0; c < columns.end - columns.begin; c++) y[c] /= steps;
}

static size_t steps_of(const sn_batch *batch, size_t sequence) {
    size_t steps = 0;
    while (steps < batch->steps && sequence < batch->first_row[steps + 1] - batch->first_row[steps])
        steps++;
    return steps;
}

static void mean_backward_block(const void *arguments, size_t sequence, sn_range columns) {
    const pool_arguments *p = arguments;
    const float *dy = p->from + sequence * p->width + columns.begin;
    const float share = 1 / (float)steps_of(p->batch, sequence);
    size_t rows[SN_POOL_STEPS], step = 0;
    for (size_t count; (count = sn_pool_rows(rows, p->batch, sequence, step)) > 0; step += count)
        for (size_t i = 0; i < count; i++)
            p->isa->add_scaled(p->to + rows[i] * p->width + columns.begin, dy, share,
                               columns.end - columns.begin);
}

// y and winners = the greater of them and of row x.
static void take_greater(float *restrict y, int32_t *restrict winners, const float *restrict x,
                         int32_t row, size_t n) {
    for (size_t c = 0; c < n; c++) {
        const float now = y[c], other = x[c];
        // The other is greater or NaN, and no NaN came yet. The mask keeps the loop on vectors.
        const int32_t mask = -(int32_t)(!(other <= now) & (now == now));
        y[c] = mask ? other : now;
        winners[c] = (row & mask) | (winners[c] & ~mask);
    }
}

static void max_forward_block(const void *arguments, size_t sequence, sn_range columns) {
    const pool_arguments *p = arguments;
    const size_t n = columns.end - columns.begin, at = sequence * p->width + columns.begin;
    float *y = p->to + at;
    int32_t *winners = p->noted_winners + at;
    // The first row of a sequence bears its number; it wins where all values are -inf.
    for (size_t c = 0; c < n; c++) y[c] = -INFINITY, winners[c] = (int32_t)sequence;
    size_t rows[SN_POOL_STEPS], step = 0;
    for (size_t count; (count = sn_pool_rows(rows, p->batch, sequence, step)) > 0; step += count)
        for (size_t i = 0; i < count; i++)
            take_greater(y, winners, p->from + rows[i] * p->width + columns.begin,
                         (int32_t)rows[i], n);
}

static void max_backward_block(const void *arguments, size_t sequence, sn_range columns) {
    const pool_arguments *p = arguments;
    const float *dy = p->from + sequence * p->width;
    const int32_t *winners = p->winners + sequence * p->width;
    for (size_t c = columns.begin; c < columns.end; c++)
        p->to[(size_t)winners[c] * p->width + c] += dy[c];
}

#define SN_POOL_BODY(name)                                                             \
    static void name##_body(const sn_team *team, void *arguments) {                    \
        const pool_arguments *p = arguments;                                           \
        sn_pool_each_block(team, p->batch, p->width, name##_block, arguments);         \
    }
SN_POOL_BODY(mean_forward)
SN_POOL_BODY(mean_backward)
SN_POOL_BODY(max_forward)
SN_POOL_BODY(max_backward)

static void run(const sn_context *context, sn_team_body body, pool_arguments arguments) {
    sn_parallel(context, sn_elementwise_threads(arguments.batch->rows * arguments.width), body,
                &arguments);
}

void sn_mean_pool_forward(const sn_context *context, float *y, const float *x,
                          const sn_batch *batch, size_t width) {
    run(context, mean_forward_body,
        (pool_arguments){
            .isa = context->isa, .to = y, .from = x, .batch = batch, .width = width});
}

void sn_mean_pool_backward(const sn_context *context, float *dx, const float *dy,
                           const sn_batch *batch, size_t width) {
    run(context, mean_backward_body,
        (pool_arguments){
            .isa = context->isa, .to = dx, .from = dy, .batch = batch, .width = width});
}

void sn_max_pool_forward(const sn_context *context, float *y, int32_t *winners, const float *x,
                         const sn_batch *batch, size_t width) {
    run(context, max_forward_body,
        (pool_arguments){
            .to = y, .from = x, .noted_winners = winners, .batch = batch, .width = width});
}

void sn_max_pool_backward(const sn_context *context, float *dx, const float *dy,
                          const int32_t *winners, const sn_batch *batch, size_t width) {
    run(context, max_backward_body,
        (pool_arguments){
            .to = dx, .from = dy, .winners = winners, .batch = batch, .width = width});
}
