#include <math.h>

#include "simd/isa.h"
#include "threading.h"

typedef struct log_softmax_arguments {
    const sn_isa *isa;
    float *y;
    int32_t *ids;
    const float *x;
    size_t rows, n, k;
} log_softmax_arguments;

// The log of the sum of exp(x[n]): what log softmax takes from each x.
static float normaliser(const sn_isa *isa, const float *x, size_t n) {
    float chunk[1024], greatest = isa->max(x, n), sum = 0;
    for (size_t i = 0; i < n; i += 1024)
        sum += isa->exp_sum(chunk, x + i, greatest, n - i < 1024 ? n - i : 1024);
    return greatest + logf(sum);
}

static void log_softmax_body(const sn_team *team, void *arguments) {
    const log_softmax_arguments *l = arguments;
    const size_t n = l->n;
    sn_range rows = sn_share(l->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++) {
        const float *x = l->x + r * n;
        float *y = l->y + r * n;
        float shift = normaliser(l->isa, x, n);
        for (size_t i = 0; i < n; i++) y[i] = x[i] - shift;
    }
}

// An exponential costs some 16 multiply-adds.
static size_t threads_worth(const log_softmax_arguments *l) {
    return 1 + l->rows * l->n / (SN_WORTH_A_THREAD / 16);
}

void sn_log_softmax(const sn_context *context, float *y, const float *x, size_t rows, size_t n) {
    log_softmax_arguments arguments = {context->isa, y, NULL, x, rows, n, 0};
    sn_parallel(context, threads_worth(&arguments), log_softmax_body, &arguments);
}

// Puts an element into a list of at most k that are sorted, behind those it equals.
static void insert(float *values, int32_t *ids, size_t *held, size_t k, float value, int32_t id) {
    size_t at = *held < k ? (*held)++ : k - 1;
    for (; at > 0 && value > values[at - 1]; at--) {
        values[at] = values[at - 1];
        ids[at] = ids[at - 1];
    }
    values[at] = value;
    ids[at] = id;
}

// The k greatest of x[n]. Blocks that hold none of them are passed over as a whole.
static void greatest_of(const sn_isa *isa, float *values, int32_t *ids, const float *x, size_t n,
                        size_t k) {
    enum { BLOCK = 128 };
    size_t held = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        const size_t end = n - i < BLOCK ? n : i + BLOCK;
        if (held == k && !(isa->max(x + i, end - i) > values[k - 1])) continue;
        for (size_t j = i; j < end; j++)
            if (held < k || x[j] > values[k - 1])
                insert(values, ids, &held, k, x[j], (int32_t)j);
    }
}

static void log_softmax_top_body(const sn_team *team, void *arguments) {
    const log_softmax_arguments *l = arguments;
    sn_range rows = sn_share(l->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++) {
        const float *x = l->x + r * l->n;
        float *y = l->y + r * l->k;
        greatest_of(l->isa, y, l->ids + r * l->k, x, l->n, l->k);
        float shift = normaliser(l->isa, x, l->n);
        for (size_t i = 0; i < l->k; i++) y[i] -= shift;
    }
}

void sn_log_softmax_top(const sn_context *context, float *y, int32_t *ids, const float *x,
                        size_t rows, size_t n, size_t k) {
    SN_ASSERT(k >= 1 && k <= n);
    log_softmax_arguments arguments = {context->isa, y, ids, x, rows, n, k};
    sn_parallel(context, threads_worth(&arguments), log_softmax_top_body, &arguments);
}
