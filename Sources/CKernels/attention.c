#include <string.h>

#include "gemm.h"
#include "recurrent.h"

enum {
    SN_BLOCK_ROWS = 64,  // rows of a table of pointers, on the stack
    SN_TANH_WORK = 16,   // multiply-adds that a tanh is worth
};

static inline size_t row_of(const sn_batch *batch, size_t sequence, size_t step) {
    return batch->first_row[step] + sequence;
}

// The query's weights: as many as its source has rows.
static inline sn_range weights_of(const sn_attention_layout *l, size_t query) {
    return (sn_range){l->first_weight[query], l->first_weight[query + 1]};
}

// Points at the rows of a sequence's steps [begin, end) of x, `width` floats each.
static void point_at(const float **rows, const float *x, size_t width, const sn_batch *batch,
                     size_t sequence, size_t begin, size_t end) {
    for (size_t step = begin; step < end; step++)
        rows[step - begin] = x + row_of(batch, sequence, step) * width;
}

static inline size_t block_end(size_t begin, size_t end) {
    return end - begin < SN_BLOCK_ROWS ? end : begin + SN_BLOCK_ROWS;
}

// Calls BODY for each block of steps [begin, end) of `count` steps.
#define SN_EACH_BLOCK(count)                                                          \
    for (size_t begin = 0, end = block_end(0, count); begin < (count);                \
         begin = end, end = block_end(end, count))

// The steps of a sequence, where those of the sequence before it, or all, are `most`.
static size_t length_of(const sn_batch *batch, size_t sequence, size_t most) {
    while (most > 0 && sn_step_rows(batch, most - 1) <= sequence) most--;
    return most;
}

// The first sequence of part `index`: one is of the parts before it when most of its weights lie
// before `index` of `parts` shares of all.
static size_t sequence_bound(const sn_attention_layout *l, size_t index, size_t parts) {
    const sn_batch *queries = l->queries;
    const size_t total = l->first_weight[queries->rows];
    size_t b = 0, before = 0, length = queries->steps;
    for (; b < queries->sequences; b++) {
        const sn_range first = weights_of(l, b);
        length = length_of(queries, b, length);
        const size_t own = length * (first.end - first.begin);
        if ((2 * before + own) * parts > 2 * total * index) break;
        before += own;
    }
    return b;
}

static sn_range own_sequences(const sn_attention_layout *l, const sn_team *team) {
    return (sn_range){sequence_bound(l, team->index, team->count),
                      sequence_bound(l, team->index + 1, team->count)};
}

// p = the scores of one query with the keys of its source, then their softmax.
static void weigh(const sn_isa *isa, const sn_attention_run *run, size_t query, size_t source) {
    const sn_range own = weights_of(run->layout, query);
    const float *q = run->q + query * run->width;
    float *p = run->p + own.begin;
    const size_t count = own.end - own.begin;
    SN_EACH_BLOCK(count) {
        const float *keys[SN_BLOCK_ROWS];
        point_at(keys, run->k, run->width, run->layout->keys, source, begin, end);
        if (run->w)
            isa->tanh_dots(p + begin, q, run->w, keys, end - begin, run->width);
        else
            isa->dots(p + begin, q, keys, end - begin, run->width);
    }
    const float sum = isa->exp_sum(p, p, isa->max(p, count), count);
    for (size_t j = 0; j < count; j++) p[j] /= sum;
}

typedef struct attention_arguments {
    const sn_context *context;
    const sn_attention_run *run;
    const sn_attention_gradients *gradients;
} attention_arguments;

static void forward_body(const sn_team *team, void *arguments) {
    const attention_arguments *a = arguments;
    const sn_attention_run *run = a->run;
    const sn_attention_layout *l = run->layout;
    const sn_isa *isa = a->context->isa;
    const sn_range sequences = own_sequences(l, team);
    size_t length = l->queries->steps;
    for (size_t b = sequences.begin; b < sequences.end; b++) {
        length = length_of(l->queries, b, length);
        for (size_t step = 0; step < length; step++) {
            const size_t query = row_of(l->queries, b, step);
            const sn_range own = weights_of(l, query);
            float *y = run->y + query * run->value_width;
            weigh(isa, run, query, l->source[b]);
            memset(y, 0, run->value_width * sizeof *y);
            SN_EACH_BLOCK(own.end - own.begin) {
                const float *values[SN_BLOCK_ROWS];
                point_at(values, run->v, run->value_width, l->keys, l->source[b], begin, end);
                isa->add_rows(y, values, run->p + own.begin + begin, end - begin,
                              run->value_width);
            }
        }
    }
}

// The gradients of one query's scores: p∘(g - p·g) with g = dy·v of each value.
static void score_gradients(const sn_isa *isa, const attention_arguments *a, size_t query,
                            size_t source) {
    const sn_attention_run *run = a->run;
    const sn_range own = weights_of(run->layout, query);
    const size_t count = own.end - own.begin, D = run->value_width;
    const float *p = run->p + own.begin, *dy = a->gradients->dy + query * D;
    float *d = a->gradients->workspace + own.begin, sum = 0;
    SN_EACH_BLOCK(count) {
        const float *values[SN_BLOCK_ROWS];
        point_at(values, run->v, D, run->layout->keys, source, begin, end);
        isa->dots(d + begin, dy, values, end - begin, D);
    }
    for (size_t j = 0; j < count; j++) sum += p[j] * d[j];
    for (size_t j = 0; j < count; j++) d[j] = p[j] * (d[j] - sum);
}

// to += Σ over a sequence's queries of their factor for key j, times their row of x.
static void add_queries(const sn_isa *isa, const sn_attention_layout *l, float *to,
                        const float *factors, const float *x, size_t width, size_t sequence,
                        size_t length, size_t j) {
    SN_EACH_BLOCK(length) {
        const float *rows[SN_BLOCK_ROWS];
        float own[SN_BLOCK_ROWS];
        point_at(rows, x, width, l->queries, sequence, begin, end);
        for (size_t step = begin; step < end; step++)
            own[step - begin] = factors[l->first_weight[row_of(l->queries, sequence, step)] + j];
        isa->add_rows(to, rows, own, end - begin, width);
    }
}

// dq, and dk and dw where the score is additive, of one query.
static void query_gradients(const sn_isa *isa, const attention_arguments *a, float *dw,
                            size_t query, size_t source) {
    const sn_attention_run *run = a->run;
    const sn_batch *keys = run->layout->keys;
    const size_t A = run->width;
    const sn_range own = weights_of(run->layout, query);
    float *dq = a->gradients->dq + query * A;
    SN_EACH_BLOCK(own.end - own.begin) {
        const float *rows[SN_BLOCK_ROWS], *d = a->gradients->workspace + own.begin + begin;
        float *drows[SN_BLOCK_ROWS];
        point_at(rows, run->k, A, keys, source, begin, end);
        if (!run->w) {
            isa->add_rows(dq, rows, d, end - begin, A);
            continue;
        }
        for (size_t j = begin; j < end; j++)
            drows[j - begin] = a->gradients->dk + row_of(keys, source, j) * A;
        isa->tanh_dots_backward(dq, dw, drows, d, run->q + query * A, run->w, rows, end - begin, A);
    }
}

// Where the sums of dw of each sequence begin in the workspace.
static inline size_t sums_offset(const sn_attention_layout *l) {
    return sn_whole_lines(l->first_weight[l->queries->rows]);
}

static void sequence_gradients(const sn_isa *isa, const attention_arguments *a, size_t b,
                               size_t length) {
    const sn_attention_run *run = a->run;
    const sn_attention_gradients *g = a->gradients;
    const sn_attention_layout *l = run->layout;
    const size_t A = run->width, D = run->value_width, source = l->source[b];
    const sn_range first = weights_of(l, b);
    float *dw = g->workspace + sums_offset(l) + b * A;
    if (run->w) memset(dw, 0, A * sizeof *dw);
    for (size_t step = 0; step < length; step++)
        score_gradients(isa, a, row_of(l->queries, b, step), source);
    for (size_t j = 0; j < first.end - first.begin; j++) {
        const size_t key = row_of(l->keys, source, j);
        add_queries(isa, l, g->dv + key * D, run->p, g->dy, D, b, length, j);
        if (!run->w)
            add_queries(isa, l, g->dk + key * A, g->workspace, run->q, A, b, length, j);
    }
    for (size_t step = 0; step < length; step++)
        query_gradients(isa, a, dw, row_of(l->queries, b, step), source);
}

static void backward_body(const sn_team *team, void *arguments) {
    const attention_arguments *a = arguments;
    const sn_attention_layout *l = a->run->layout;
    const sn_isa *isa = a->context->isa;
    const sn_range sequences = own_sequences(l, team);
    size_t length = l->queries->steps;
    for (size_t b = sequences.begin; b < sequences.end; b++) {
        length = length_of(l->queries, b, length);
        sequence_gradients(isa, a, b, length);
    }
    if (!a->run->w) return;
    sn_barrier_wait(team);
    const size_t A = a->run->width;
    const sn_rows sums = {a->gradients->workspace + sums_offset(l), A, NULL};
    sn_sum_rows_part(isa, a->gradients->dw, NULL, &sums, l->queries->sequences,
                     sn_share_grain(A, 16, team->index, team->count));
}

static void run_pass(const sn_context *context, sn_team_body body, attention_arguments *arguments,
                     size_t passes) {
    const sn_attention_run *run = arguments->run;
    const size_t score = run->w ? run->width * SN_TANH_WORK : run->width;
    const size_t weights = run->layout->first_weight[run->layout->queries->rows];
    const size_t work = passes * weights * (score + run->value_width);
    sn_parallel(context, 1 + work / SN_WORTH_A_THREAD, body, arguments);
}

void sn_attention_forward(const sn_context *context, const sn_attention_run *run) {
    attention_arguments arguments = {context, run, NULL};
    run_pass(context, forward_body, &arguments, 1);
}

void sn_attention_backward(const sn_context *context, const sn_attention_run *run,
                           const sn_attention_gradients *gradients) {
    attention_arguments arguments = {context, run, gradients};
    run_pass(context, backward_body, &arguments, 2);
}

size_t sn_attention_floats(const sn_attention_layout *layout, size_t width) {
    return sums_offset(layout) + layout->queries->sequences * width;
}
