#include <math.h>

#include "simd/isa.h"
#include "threading.h"

typedef struct log_softmax_arguments {
    const sn_isa *isa;
    float *y;
    const float *x;
    size_t rows, n;
} log_softmax_arguments;

static void log_softmax_body(const sn_team *team, void *arguments) {
    const log_softmax_arguments *l = arguments;
    const size_t n = l->n;
    sn_range rows = sn_share(l->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++) {
        const float *x = l->x + r * n;
        float *y = l->y + r * n, chunk[1024];
        float greatest = l->isa->max(x, n), sum = 0;
        for (size_t i = 0; i < n; i += 1024)
            sum += l->isa->exp_sum(chunk, x + i, greatest, n - i < 1024 ? n - i : 1024);
        float shift = greatest + logf(sum);
        for (size_t i = 0; i < n; i++) y[i] = x[i] - shift;
    }
}

void sn_log_softmax(const sn_context *context, float *y, const float *x, size_t rows, size_t n) {
    log_softmax_arguments arguments = {context->isa, y, x, rows, n};
    // An exponential costs some 16 multiply-adds.
    sn_parallel(context, 1 + rows * n / (SN_WORTH_A_THREAD / 16), log_softmax_body, &arguments);
}
