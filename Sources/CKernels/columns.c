#include <string.h>

#include "elementwise.h"

typedef struct columns_arguments {
    const sn_isa *isa;
    float *y;
    size_t y_stride;
    const float *x;
    size_t x_stride, rows, columns;
} columns_arguments;

static void copy_body(const sn_team *team, void *arguments) {
    const columns_arguments *c = arguments;
    sn_range rows = sn_share(c->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++)
        memcpy(c->y + r * c->y_stride, c->x + r * c->x_stride, c->columns * sizeof(float));
}

static void add_body(const sn_team *team, void *arguments) {
    const columns_arguments *c = arguments;
    sn_range rows = sn_share(c->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++)
        c->isa->add(c->y + r * c->y_stride, c->x + r * c->x_stride, c->columns);
}

static void each_row(const sn_context *context, sn_team_body body, columns_arguments arguments) {
    SN_ASSERT(arguments.columns <= arguments.y_stride && arguments.columns <= arguments.x_stride);
    sn_parallel(context, sn_elementwise_threads(arguments.rows * arguments.columns), body,
                &arguments);
}

void sn_columns_copy(const sn_context *context, float *y, size_t y_stride, const float *x,
                     size_t x_stride, size_t rows, size_t columns) {
    each_row(context, copy_body,
             (columns_arguments){context->isa, y, y_stride, x, x_stride, rows, columns});
}

void sn_columns_add(const sn_context *context, float *y, size_t y_stride, const float *x,
                    size_t x_stride, size_t rows, size_t columns) {
    each_row(context, add_body,
             (columns_arguments){context->isa, y, y_stride, x, x_stride, rows, columns});
}
