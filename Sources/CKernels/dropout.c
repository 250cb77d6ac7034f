#include "elementwise.h"

typedef struct dropout_arguments {
    float *y;
    const float *x;
    float p;
    bool backward;
    uint64_t seed, stream;
    size_t n;
} dropout_arguments;

// Element i is kept when 32-bit word i % 4 of block i / 4 is at least p·2^32.
static void dropout_body(const sn_team *team, void *arguments) {
    const dropout_arguments *d = arguments;
    const uint32_t limit = (uint32_t)((double)d->p * 4294967296.0);
    const float factor = 1 / (1 - d->p);
    sn_range run = sn_run(d->n, team);
    for (size_t i = run.begin; i < run.end; i += 4) {
        uint32_t words[4];
        sn_philox(words, d->seed, d->stream, i / 4);
        for (size_t w = 0; w < 4 && i + w < run.end; w++) {
            float kept = words[w] >= limit ? d->x[i + w] * factor : 0;
            d->y[i + w] = d->backward ? d->y[i + w] + kept : kept;
        }
    }
}

static void dropout(const sn_context *context, dropout_arguments arguments) {
    sn_parallel(context, sn_elementwise_threads(arguments.n), dropout_body, &arguments);
}

void sn_dropout_forward(const sn_context *context, float *y, const float *x, float p, uint64_t seed,
                        uint64_t stream, size_t n) {
    dropout(context, (dropout_arguments){y, x, p, false, seed, stream, n});
}

void sn_dropout_backward(const sn_context *context, float *dx, const float *dy, float p,
                         uint64_t seed, uint64_t stream, size_t n) {
    dropout(context, (dropout_arguments){dx, dy, p, true, seed, stream, n});
}
