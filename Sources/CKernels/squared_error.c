#include "elementwise.h"

typedef struct squared_error_arguments {
    float *losses, *dy;
    const float *y, *targets;
    float scale;
    size_t rows, n;
} squared_error_arguments;

static void squared_error_body(const sn_team *team, void *arguments) {
    const squared_error_arguments *s = arguments;
    const size_t n = s->n;
    sn_range rows = sn_share(s->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++) {
        double sum = 0;
        for (size_t i = r * n; i < (r + 1) * n; i++) {
            const float error = s->y[i] - s->targets[i];
            sum += (double)error * error;
            if (s->dy) s->dy[i] += 2 * s->scale * error;
        }
        s->losses[r] = (float)sum;
    }
}

void sn_squared_error(const sn_context *context, float *losses, float *dy, const float *y,
                      const float *targets, float scale, size_t rows, size_t n) {
    squared_error_arguments arguments = {losses, dy, y, targets, scale, rows, n};
    sn_parallel(context, sn_elementwise_threads(rows * n), squared_error_body, &arguments);
}
