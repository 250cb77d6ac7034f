#include "elementwise.h"

// Elements of one partial sum of squares; fixed, so that threads do not change the sum.
enum { SN_SQUARES_CHUNK = 1 << 14 };

typedef struct squares_arguments {
    const sn_isa *isa;
    const float *x;
    double *partial;
    size_t n;
} squares_arguments;

size_t sn_sum_of_squares_chunks(size_t n) { return (n + SN_SQUARES_CHUNK - 1) / SN_SQUARES_CHUNK; }

static void squares_body(const sn_team *team, void *arguments) {
    const squares_arguments *s = arguments;
    sn_range chunks = sn_share(sn_sum_of_squares_chunks(s->n), team->index, team->count);
    for (size_t c = chunks.begin; c < chunks.end; c++) {
        size_t begin = c * SN_SQUARES_CHUNK, rest = s->n - begin;
        s->partial[c] = s->isa->sum_of_squares(s->x + begin,
                                               rest < SN_SQUARES_CHUNK ? rest : SN_SQUARES_CHUNK);
    }
}

double sn_sum_of_squares(const sn_context *context, const float *x, double *partial, size_t n) {
    squares_arguments arguments = {context->isa, x, partial, n};
    sn_parallel(context, sn_elementwise_threads(n), squares_body, &arguments);
    double sum = 0;
    for (size_t c = 0; c < sn_sum_of_squares_chunks(n); c++) sum += partial[c];
    return sum;
}

typedef struct sgd_arguments {
    const sn_isa *isa;
    float *w, *v;
    const float *g;
    float scale, rate, momentum, decay;
    size_t n;
} sgd_arguments;

static void sgd_body(const sn_team *team, void *arguments) {
    const sgd_arguments *s = arguments;
    sn_range run = sn_run(s->n, team);
    s->isa->sgd(s->w + run.begin, s->v ? s->v + run.begin : NULL, s->g + run.begin, s->scale,
                s->rate, s->momentum, s->decay, run.end - run.begin);
}

void sn_sgd_step(const sn_context *context, float *w, float *v, const float *gradient, float scale,
                 float rate, float momentum, float decay, size_t n) {
    sgd_arguments arguments = {context->isa, w, v, gradient, scale, rate, momentum, decay, n};
    sn_parallel(context, sn_elementwise_threads(n), sgd_body, &arguments);
}

typedef struct adam_arguments {
    const sn_isa *isa;
    float *w, *m, *v;
    const float *g;
    sn_adam options;
    size_t n;
} adam_arguments;

static void adam_body(const sn_team *team, void *arguments) {
    const adam_arguments *a = arguments;
    sn_range run = sn_run(a->n, team);
    a->isa->adam(a->w + run.begin, a->m + run.begin, a->v + run.begin, a->g + run.begin,
                 &a->options, run.end - run.begin);
}

void sn_adam_step(const sn_context *context, float *w, float *m, float *v, const float *gradient,
                  float scale, float rate, float beta1, float beta2, float epsilon, float decay,
                  float decoupled_decay, float correction1, float correction2, size_t n) {
    sn_adam options = {scale, rate,  beta1, beta2, epsilon, decay, decoupled_decay, correction1,
                       correction2};
    adam_arguments arguments = {context->isa, w, m, v, gradient, options, n};
    sn_parallel(context, sn_elementwise_threads(n), adam_body, &arguments);
}

typedef struct rmsprop_arguments {
    const sn_isa *isa;
    float *w, *v, *u;
    const float *g;
    sn_rmsprop options;
    size_t n;
} rmsprop_arguments;

static void rmsprop_body(const sn_team *team, void *arguments) {
    const rmsprop_arguments *r = arguments;
    sn_range run = sn_run(r->n, team);
    r->isa->rmsprop(r->w + run.begin, r->v + run.begin, r->u ? r->u + run.begin : NULL,
                    r->g + run.begin, &r->options, run.end - run.begin);
}

void sn_rmsprop_step(const sn_context *context, float *w, float *v, float *u, const float *gradient,
                     float scale, float rate, float alpha, float epsilon, float momentum,
                     float decay, size_t n) {
    sn_rmsprop options = {scale, rate, alpha, epsilon, momentum, decay};
    rmsprop_arguments arguments = {context->isa, w, v, u, gradient, options, n};
    sn_parallel(context, sn_elementwise_threads(n), rmsprop_body, &arguments);
}
