#include "gemm.h"

// The gradient of a weight: c += aᵀ·b over many rows. a is read as it lies, a few neighbouring
// columns at a time; b is packed into panels.
enum {
    SN_TN_BLOCK = 256,   // rows between two visits to c: what a tile reads stays in L1/L2
    SN_SUM_CHUNK = 64,   // rows that are summed before they are added to the total
};

void sn_gemm_tn_part(const sn_isa *isa, float *c, size_t c_stride, const float *a, size_t a_stride,
                     const sn_panels *b, bool accumulate, sn_range rows) {
    const size_t lanes = isa->lanes, count = rows.end - rows.begin;
    SN_ASSERT(b->element == SN_F32);
    for (size_t k = 0; k < b->inner; k += SN_TN_BLOCK) {
        const size_t inner = b->inner - k < SN_TN_BLOCK ? b->inner - k : SN_TN_BLOCK;
        for (size_t p = 0; p < sn_panel_count(isa, b); p++) {
            const sn_panel panel = sn_panel_at(isa, b, p);
            const size_t tiles = sn_tile_count(count, isa->tile_rows[SN_F32][panel.vectors]);
            for (size_t t = 0; t < tiles; t++) {
                sn_range range = sn_share(count, t, tiles);
                size_t height = range.end - range.begin, first = rows.begin + range.begin;
                float *to = c + first * c_stride + panel.column;
                const bool go_on = accumulate || k > 0;
                sn_tile tile = {.c = to,
                                .c_row = c_stride,
                                .c_vector = lanes,
                                .init = go_on ? to : NULL,
                                .init_row = c_stride,
                                .init_vector = lanes,
                                .ahead = go_on ? to + height * c_stride : to,
                                .inner = inner,
                                .a_step = a_stride,
                                .b_step = panel.vectors * lanes,
                                .lanes = lanes,
                                .last_lanes = panel.columns - (panel.vectors - 1) * lanes};
                const float *column = a + k * a_stride + first;
                const void *packed = sn_panels_from(b, panel.offset + k * panel.vectors * lanes);
                isa->tile_by_columns[panel.vectors][height](&tile, &column, packed);
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
