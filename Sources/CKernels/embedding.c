#include <string.h>

#include "simd/isa.h"
#include "threading.h"

typedef struct embedding_arguments {
    const sn_isa *isa;
    float *out;
    const float *in;
    const int32_t *ids;
    size_t rows, width;
} embedding_arguments;

// Floats that outweigh waking a second thread.
enum { SN_FLOATS_A_THREAD = 1 << 16 };

static void gather_body(const sn_team *team, void *arguments) {
    const embedding_arguments *e = arguments;
    sn_range rows = sn_share(e->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++)
        memcpy(e->out + r * e->width, e->in + (size_t)e->ids[r] * e->width,
               e->width * sizeof(float));
}

void sn_embedding_forward(const sn_context *context, float *y, const float *table,
                          const int32_t *ids, size_t rows, size_t width) {
    embedding_arguments arguments = {context->isa, y, table, ids, rows, width};
    sn_parallel(context, 1 + rows * width / SN_FLOATS_A_THREAD, gather_body, &arguments);
}

// Each thread owns the ids of one residue, so a table row is summed in the order of rows.
static void scatter_body(const sn_team *team, void *arguments) {
    const embedding_arguments *e = arguments;
    for (size_t r = 0; r < e->rows; r++) {
        size_t id = (size_t)e->ids[r];
        if (id % team->count != team->index) continue;
        e->isa->add(e->out + id * e->width, e->in + r * e->width, e->width);
    }
}

void sn_embedding_backward(const sn_context *context, float *dtable, const float *dy,
                           const int32_t *ids, size_t rows, size_t width) {
    embedding_arguments arguments = {context->isa, dtable, dy, ids, rows, width};
    sn_parallel(context, 1 + rows * width / SN_FLOATS_A_THREAD, scatter_body, &arguments);
}
