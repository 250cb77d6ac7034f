#include "elementwise.h"

typedef struct fill_arguments {
    float *x;
    float value;
    size_t n;
} fill_arguments;

static void fill_body(const sn_team *team, void *arguments) {
    const fill_arguments *f = arguments;
    sn_range run = sn_run(f->n, team);
    float *x = f->x;
    const float value = f->value;
    for (size_t i = run.begin; i < run.end; i++) x[i] = value;
}

void sn_fill(const sn_context *context, float *x, float value, size_t n) {
    fill_arguments arguments = {x, value, n};
    sn_parallel(context, sn_elementwise_threads(n), fill_body, &arguments);
}
