// The oracle's conditional random field, a sequence at a time.
#include "include/sn_reference.h"

#include <math.h>

// A field and one sequence of a batch; what is forbidden is -inf.
typedef struct chain {
    size_t tags;
    const double *emissions, *transitions, *start, *end;
    const sn_batch *batch;
    size_t sequence, steps;
} chain;

static chain chain_of(size_t sequence, const double *emissions, const double *transitions,
                      const double *start, const double *end, const sn_batch *batch, size_t tags) {
    chain c = {tags, emissions, transitions, start, end, batch, sequence, 0};
    while (c.steps < batch->steps &&
           batch->first_row[c.steps] + sequence < batch->first_row[c.steps + 1])
        c.steps++;
    return c;
}

// The index of a step's first tag in an array [rows, tags].
static size_t place(const chain *c, size_t step) {
    return (c->batch->first_row[step] + c->sequence) * c->tags;
}

// log(exp(a) + exp(b)).
static double log_add(double a, double b) {
    double most = fmax(a, b), least = fmin(a, b);
    return most == -INFINITY ? most : most + log1p(exp(least - most));
}

// before[t, j] = log of the sum over all tags up to step t, with tag j there and its emission.
static void sum_before(const chain *c, double *before) {
    size_t K = c->tags;
    for (size_t t = 0; t < c->steps; t++) {
        for (size_t j = 0; j < K; j++) {
            double sum = t == 0 ? c->start[j] : -INFINITY;
            for (size_t i = 0; t > 0 && i < K; i++)
                sum = log_add(sum, before[place(c, t - 1) + i] + c->transitions[i * K + j]);
            before[place(c, t) + j] = sum + c->emissions[place(c, t) + j];
        }
    }
}

// after[t, i] = log of the sum over all tags behind step t, with tag i there.
static void sum_after(const chain *c, double *after) {
    size_t K = c->tags;
    for (size_t t = c->steps; t-- > 0;) {
        for (size_t i = 0; i < K; i++) {
            double sum = t + 1 == c->steps ? c->end[i] : -INFINITY;
            for (size_t j = 0; t + 1 < c->steps && j < K; j++) {
                size_t next = place(c, t + 1) + j;
                sum = log_add(sum, c->transitions[i * K + j] + c->emissions[next] + after[next]);
            }
            after[place(c, t) + i] = sum;
        }
    }
}

static double score(const chain *c, const int32_t *tags) {
    size_t K = c->tags, tag = 0;
    double sum = 0;
    for (size_t t = 0; t < c->steps; t++) {
        size_t before = tag, row = place(c, t);
        tag = (size_t)tags[row / K];
        sum += t == 0 ? c->start[tag] : c->transitions[before * K + tag];
        sum += c->emissions[row + tag];
    }
    return sum + c->end[tag];
}

// Adds scale * (joint probability - that of the targets) of two neighbouring steps.
static void add_joint(double *dtransitions, const chain *c, size_t t, const double *before,
                      const double *after, double log_z, const int32_t *targets, double scale) {
    size_t K = c->tags, here = place(c, t), next = place(c, t + 1);
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < K; j++)
            dtransitions[i * K + j] +=
                scale * exp(before[here + i] + c->transitions[i * K + j] +
                            c->emissions[next + j] + after[next + j] - log_z);
    dtransitions[(size_t)targets[here / K] * K + (size_t)targets[next / K]] -= scale;
}

void sn_reference_crf_loss(double *losses, double *marginals, double *demissions,
                           double *dtransitions, double *dstart, double *dend,
                           const double *emissions, const int32_t *targets,
                           const double *transitions, const double *start, const double *end,
                           double scale, double *workspace, const sn_batch *batch, size_t tags) {
    size_t K = tags;
    double *before = workspace, *after = workspace + batch->rows * K;
    for (size_t b = 0; b < batch->sequences; b++) {
        chain c = chain_of(b, emissions, transitions, start, end, batch, K);
        sum_before(&c, before);
        sum_after(&c, after);
        double log_z = -INFINITY;
        for (size_t j = 0; j < K; j++)
            log_z = log_add(log_z, before[place(&c, 0) + j] + after[place(&c, 0) + j]);
        losses[b] = log_z - score(&c, targets);
        for (size_t t = 0; t < c.steps; t++) {
            for (size_t j = 0; j < K; j++) {
                size_t at = place(&c, t) + j;
                marginals[at] = exp(before[at] + after[at] - log_z);
                double d = scale * (marginals[at] - ((size_t)targets[at / K] == j));
                demissions[at] += d;
                if (t == 0)
                    dstart[j] += d;
                if (t + 1 == c.steps)
                    dend[j] += d;
            }
            if (t + 1 < c.steps)
                add_joint(dtransitions, &c, t, before, after, log_z, targets, scale);
        }
    }
}

void sn_reference_crf_decode(int32_t *best, double *scores, const double *emissions,
                             const double *transitions, const double *start, const double *end,
                             double *workspace, int32_t *from, const sn_batch *batch, size_t tags) {
    size_t K = tags;
    for (size_t b = 0; b < batch->sequences; b++) {
        chain c = chain_of(b, emissions, transitions, start, end, batch, K);
        for (size_t t = 0; t < c.steps; t++) {
            for (size_t j = 0; j < K; j++) {
                size_t at = place(&c, t) + j;
                workspace[at] = t == 0 ? start[j] : -INFINITY;
                from[at] = 0;
                for (size_t i = 0; t > 0 && i < K; i++) {
                    double sum = workspace[place(&c, t - 1) + i] + transitions[i * K + j];
                    if (sum > workspace[at])
                        workspace[at] = sum, from[at] = (int32_t)i;
                }
                workspace[at] += emissions[at];
            }
        }
        double *last = workspace + place(&c, c.steps - 1);
        size_t tag = 0;
        for (size_t j = 1; j < K; j++)
            if (last[j] + end[j] > last[tag] + end[tag])
                tag = j;
        scores[b] = last[tag] + end[tag];
        for (size_t t = c.steps; t-- > 0;) {
            best[place(&c, t) / K] = (int32_t)tag;
            tag = (size_t)from[place(&c, t) + tag];
        }
    }
}
