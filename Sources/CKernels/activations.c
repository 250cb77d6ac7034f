#include "elementwise.h"

typedef struct map_arguments {
    void (*function)(float *y, const float *x, size_t n);
    float *y;
    const float *x;
    size_t n;
} map_arguments;

static void map_body(const sn_team *team, void *arguments) {
    const map_arguments *m = arguments;
    sn_range run = sn_run(m->n, team);
    m->function(m->y + run.begin, m->x + run.begin, run.end - run.begin);
}

static void map(const sn_context *context, void (*function)(float *, const float *, size_t),
                float *y, const float *x, size_t n) {
    map_arguments arguments = {function, y, x, n};
    sn_parallel(context, sn_elementwise_threads(n), map_body, &arguments);
}

void sn_exp_u20(const sn_context *context, float *y, const float *x, size_t n) {
    map(context, context->isa->exp, y, x, n);
}

void sn_tanh_u35(const sn_context *context, float *y, const float *x, size_t n) {
    map(context, context->isa->tanh, y, x, n);
}

typedef struct tanh_arguments {
    const sn_isa *isa;
    float *dx;
    const float *dy, *y;
    size_t n;
} tanh_arguments;

static void tanh_backward_body(const sn_team *team, void *arguments) {
    const tanh_arguments *t = arguments;
    sn_range run = sn_run(t->n, team);
    t->isa->tanh_backward(t->dx + run.begin, t->dy + run.begin, t->y + run.begin,
                          run.end - run.begin);
}

void sn_tanh_backward(const sn_context *context, float *dx, const float *dy, const float *y,
                      size_t n) {
    tanh_arguments arguments = {context->isa, dx, dy, y, n};
    sn_parallel(context, sn_elementwise_threads(n), tanh_backward_body, &arguments);
}

void sn_sigmoid_u35(const sn_context *context, float *y, const float *x, size_t n) {
    map(context, context->isa->sigmoid, y, x, n);
}

void sn_add(const sn_context *context, float *y, const float *x, size_t n) {
    map(context, context->isa->add, y, x, n);
}
