#include "simd/isa.h"
#include "threading.h"

typedef struct fma_arguments {
    const sn_isa *isa;
    float *sink;
    size_t rounds;
} fma_arguments;

static void fma_body(const sn_team *team, void *arguments) {
    const fma_arguments *f = arguments;
    sn_barrier_wait(team);
    f->sink[team->index] = f->isa->fma_rounds(f->rounds);
}

void sn_run_fma(const sn_context *context, float *sink, size_t rounds) {
    fma_arguments arguments = {context->isa, sink, rounds};
    sn_parallel(context, context->threads, fma_body, &arguments);
}

size_t sn_fma_operations(const sn_context *context) { return context->isa->fma_operations; }

static void instructions_body(const sn_team *team, void *arguments) {
    sn_barrier_wait(team);
    // A turn of the loop counts and branches besides.
    for (size_t round = *(const size_t *)arguments; round > 0; round--)
        __asm__ volatile(".rept %c0\n\tnop\n\t.endr" : : "i"(SN_INSTRUCTIONS - 2));
}

void sn_run_instructions(const sn_context *context, size_t rounds) {
    sn_parallel(context, context->threads, instructions_body, &rounds);
}

typedef struct read_arguments {
    const sn_isa *isa;
    float *sink;
    const float *x;
    size_t n, passes;
} read_arguments;

static void read_body(const sn_team *team, void *arguments) {
    const read_arguments *r = arguments;
    sn_range share = sn_share_grain(r->n, 16, team->index, team->count);
    float sum = 0;
    for (size_t pass = 0; pass < r->passes; pass++)
        sum += r->isa->read_sum(r->x + share.begin, share.end - share.begin);
    r->sink[team->index] = sum;
}

void sn_run_read(const sn_context *context, float *sink, const float *x, size_t n, size_t passes) {
    read_arguments arguments = {context->isa, sink, x, n, passes};
    sn_parallel(context, context->threads, read_body, &arguments);
}
