#include <math.h>

#include "elementwise.h"

typedef struct uniform_arguments {
    float *y;
    float low, high;
    uint64_t seed, stream;
    size_t n;
} uniform_arguments;

// Element i is word i % 4 of block i / 4; a run begins at a multiple of four.
static void uniform_body(const sn_team *team, void *arguments) {
    const uniform_arguments *u = arguments;
    // The greatest draws would round up to `high` itself.
    const float greatest = nextafterf(u->high, u->low);
    sn_range run = sn_run(u->n, team);
    for (size_t i = run.begin; i < run.end; i += 4) {
        uint32_t words[4];
        sn_philox(words, u->seed, u->stream, i / 4);
        for (size_t w = 0; w < 4 && i + w < run.end; w++) {
            float y = u->low + (u->high - u->low) * ((float)(words[w] >> 8) * 0x1p-24f);
            u->y[i + w] = y < u->high ? y : greatest;
        }
    }
}

void sn_random_uniform(const sn_context *context, float *y, float low, float high, uint64_t seed,
                       uint64_t stream, size_t n) {
    uniform_arguments arguments = {y, low, high, seed, stream, n};
    sn_parallel(context, sn_elementwise_threads(n), uniform_body, &arguments);
}
