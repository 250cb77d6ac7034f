#include <string.h>

#include "gemm.h"

// The gradient of a weight: c += aᵀ·b over many rows. a is read a few neighbouring columns at a
// time, as it lies or from a copy of those; b is packed into panels.
enum {
    SN_TN_BLOCK = 256,   // rows between two visits to c: what a tile reads stays in L1/L2
    SN_SUM_CHUNK = 64,   // rows that are summed before they are added to the total
    SN_WORTH_A_COPY = 8, // panels of a group that outweigh a copy of what they all meet
};

// Copies `count` columns of a [inner, ·] to columns[inner][SN_MAX_ROWS]: what the tiles of a group
// of panels read again then lies in a few pages and stays in L1. Up to `readable` may be read.
static void copy_columns(float *columns, const float *a, size_t a_stride, size_t inner,
                         size_t count, size_t readable) {
    for (size_t k = 0; k < inner; k++, columns += SN_MAX_ROWS, a += a_stride) {
        if (readable >= SN_MAX_ROWS)
            memcpy(columns, a, SN_MAX_ROWS * sizeof *a);  // of a size that the compiler knows
        else
            memcpy(columns, a, count * sizeof *a);
    }
}

// Some neighbouring rows of c, one tile high, by panels of one width.
static void meet_panels(const sn_isa *isa, float *c, size_t c_stride, const float *a,
                        size_t a_stride, const sn_panels *b, sn_range panels, size_t k,
                        size_t inner, size_t height, bool go_on) {
    const size_t lanes = isa->lanes;
    for (size_t p = panels.begin; p < panels.end; p++) {
        const sn_panel panel = sn_panel_at(isa, b, p);
        float *to = c + panel.column;
        const sn_tile tile = {.c = to,
                              .c_row = c_stride,
                              .c_vector = lanes,
                              .init = go_on ? to : NULL,
                              .init_row = c_stride,
                              .init_vector = lanes,
                              .ahead = go_on ? to + panel.columns : to,
                              .inner = inner,
                              .a_step = a_stride,
                              .lanes = lanes,
                              .last_lanes = panel.columns - (panel.vectors - 1) * lanes};
        isa->tile_by_columns[panel.vectors][height](
            &tile, &a, sn_panels_from(b, panel.offset + k * panel.vectors * lanes));
    }
}

void sn_gemm_tn_part(const sn_isa *isa, float *c, size_t c_stride, const float *a, size_t a_stride,
                     const sn_panels *b, bool accumulate, sn_range rows) {
    _Alignas(64) float columns[SN_TN_BLOCK * SN_MAX_ROWS];
    const size_t count = rows.end - rows.begin;
    SN_ASSERT(b->element == SN_F32);
    for (size_t k = 0; k < b->inner; k += SN_TN_BLOCK) {
        const size_t inner = b->inner - k < SN_TN_BLOCK ? b->inner - k : SN_TN_BLOCK;
        const sn_range all = sn_all_panels(isa, b);
        for (sn_range group = {0, 0}; group.begin < all.end; group.begin = group.end) {
            group.end = sn_group_end(isa, b, group.begin, all.end, inner);
            const size_t vectors = sn_panel_at(isa, b, group.begin).vectors;
            const size_t tiles = sn_tile_count(count, isa->tile_rows[SN_F32][vectors]);
            for (size_t t = 0; t < tiles; t++) {
                const sn_range range = sn_share(count, t, tiles);
                const size_t height = range.end - range.begin, first = rows.begin + range.begin;
                const float *from = a + k * a_stride + first;
                size_t stride = a_stride;
                if (group.end - group.begin >= SN_WORTH_A_COPY) {
                    copy_columns(columns, from, a_stride, inner, height, count - range.begin);
                    from = columns;
                    stride = SN_MAX_ROWS;
                }
                meet_panels(isa, c + first * c_stride, c_stride, from, stride, b, group, k, inner,
                            height, accumulate || k > 0);
            }
        }
    }
}

void sn_sum_rows_part(const sn_isa *isa, float *sums, float *also, const sn_rows *a, size_t k,
                      sn_range columns) {
    // A chunk's sum begins at zero, so that a long batch loses no more digits than a short one.
    enum { COLUMNS = 64 };
    for (size_t column = columns.begin; column < columns.end; column += COLUMNS) {
        size_t n = columns.end - column < COLUMNS ? columns.end - column : COLUMNS;
        for (size_t k0 = 0; k0 < k; k0 += SN_SUM_CHUNK) {
            _Alignas(64) float chunk[COLUMNS] = {0};
            size_t end = k - k0 < SN_SUM_CHUNK ? k : k0 + SN_SUM_CHUNK;
            for (size_t r = k0; r < end; r++) isa->add(chunk, sn_row(a, r) + column, n);
            if (sums) isa->add(sums + column, chunk, n);
            if (also) isa->add(also + column, chunk, n);
        }
    }
}

typedef struct tn_arguments {
    const sn_context *context;
    float *c;
    size_t c_stride;
    const float *a;
    size_t a_stride;
    const sn_rows *b;
    float *packed;
    size_t m, n, k;
} tn_arguments;

size_t sn_gemm_tn_floats(const sn_context *context, size_t n, size_t k) {
    sn_panels block = sn_panels_widest(context->isa, NULL, k < SN_TN_BLOCK ? k : SN_TN_BLOCK, n);
    return 2 * sn_panels_floats(context, &block);
}

// Blocks of rows are packed in turn into two buffers, so that one barrier a block is enough.
static void tn_body(const sn_team *team, void *arguments) {
    const tn_arguments *g = arguments;
    const sn_isa *isa = g->context->isa;
    const sn_range share = sn_share(g->m, team->index, team->count);
    const size_t half = sn_gemm_tn_floats(g->context, g->n, g->k) / 2;
    for (size_t k = 0, block = 0; k < g->k; k += SN_TN_BLOCK, block++) {
        float *packed = g->packed + block % 2 * half;
        sn_panels b = sn_panels_widest(
            isa, packed, g->k - k < SN_TN_BLOCK ? g->k - k : SN_TN_BLOCK, g->n);
        sn_panels_pack_rows(isa, packed, &b, g->b, k, sn_all_ks(&b),
                            sn_share(sn_panel_count(isa, &b), team->index, team->count));
        sn_barrier_wait(team);
        sn_gemm_tn_part(isa, g->c, g->c_stride, g->a + k * g->a_stride, g->a_stride, &b, true,
                        share);
    }
}

void sn_gemm_tn(const sn_context *context, float *c, size_t c_stride, const float *a,
                size_t a_stride, sn_rows b, float *workspace, size_t m, size_t n, size_t k) {
    tn_arguments arguments = {context, c, c_stride, a, a_stride, &b, workspace, m, n, k};
    sn_parallel(context, 1 + m * n * k / SN_WORTH_A_THREAD, tn_body, &arguments);
}

typedef struct sum_arguments {
    const sn_context *context;
    float *sums;
    const sn_rows *a;
    size_t k, n;
} sum_arguments;

static void sum_body(const sn_team *team, void *arguments) {
    const sum_arguments *s = arguments;
    sn_sum_rows_part(s->context->isa, s->sums, NULL, s->a, s->k,
                     sn_share_grain(s->n, 16, team->index, team->count));
}

void sn_sum_rows(const sn_context *context, float *sums, sn_rows a, size_t k, size_t n) {
    sum_arguments arguments = {context, sums, &a, k, n};
    sn_parallel(context, 1 + k * n / SN_WORTH_A_THREAD, sum_body, &arguments);
}
