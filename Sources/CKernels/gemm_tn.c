#include <string.h>

#include "gemm.h"

// The gradient of a weight: c += aᵀ·b over many rows. Both operands are packed, a block of
// rows at a time: b into panels, a into groups of columns, tile by tile.
enum {
    SN_TN_BLOCK = 256,   // rows of a block: b's panel (64 columns) and a's tile stay in L1/L2
    SN_TN_GROUP = 96,    // columns of a that are packed together: six cache lines of a row
    SN_SUM_CHUNK = 64,   // rows that are summed before they are added to the total
    SN_WORTH_A_THREAD = 1 << 18,  // multiply-adds that outweigh waking a second thread
};

// b's panels for a block of `inner` rows.
static sn_panels panels_of(size_t inner, size_t n) {
    return (sn_panels){.inner = inner, .columns = n, .gates = 1, .vectors = SN_MAX_VECTORS};
}

static size_t padded(const sn_isa *isa, size_t n) {
    return (n + isa->lanes - 1) / isa->lanes * isa->lanes;
}

size_t sn_gemm_tn_thread_floats(const sn_isa *isa, size_t n) {
    return SN_TN_BLOCK * (padded(isa, n) + SN_TN_GROUP);
}

size_t sn_gemm_tn_floats(const sn_context *context, size_t m, size_t n, size_t k) {
    (void)m, (void)k;
    return context->threads * sn_gemm_tn_thread_floats(context->isa, n);
}

// memcpy of 1 … SN_MAX_ROWS floats; a constant size makes it one or two moves.
static inline void copy_few(float *to, const float *from, size_t count) {
    switch (count) {
        case 8: memcpy(to, from, 8 * sizeof *to); break;
        case 7: memcpy(to, from, 7 * sizeof *to); break;
        case 6: memcpy(to, from, 6 * sizeof *to); break;
        case 5: memcpy(to, from, 5 * sizeof *to); break;
        case 4: memcpy(to, from, 4 * sizeof *to); break;
        case 3: memcpy(to, from, 3 * sizeof *to); break;
        case 2: memcpy(to, from, 2 * sizeof *to); break;
        default: *to = *from;
    }
}

// Columns first … first+columns-1 of a's rows, as tiles [inner][height] one after another.
static void pack_a(float *out, const sn_rows *a, size_t k0, size_t inner, size_t first,
                   size_t columns, size_t tiles) {
    sn_range ranges[SN_TN_GROUP];
    for (size_t t = 0; t < tiles; t++) ranges[t] = sn_share(columns, t, tiles);
    for (size_t k = 0; k < inner; k++) {
        const float *row = sn_row(a, k0 + k) + first;
        for (size_t t = 0; t < tiles; t++) {
            sn_range range = ranges[t];
            size_t height = range.end - range.begin;
            copy_few(out + range.begin * inner + k * height, row + range.begin, height);
        }
    }
}

void sn_gemm_tn_part(const sn_isa *isa, float *c, size_t c_stride, const sn_rows *a,
                     const sn_rows *b, float *workspace, sn_range rows, size_t n, size_t k) {
    const size_t lanes = isa->lanes;
    float *packed_b = workspace, *packed_a = workspace + SN_TN_BLOCK * padded(isa, n);
    if (rows.begin == rows.end) return;
    for (size_t k0 = 0; k0 < k; k0 += SN_TN_BLOCK) {
        const size_t inner = k - k0 < SN_TN_BLOCK ? k - k0 : SN_TN_BLOCK;
        const sn_panels panels = panels_of(inner, n);
        sn_panels_pack_rows(isa, packed_b, &panels, b, k0,
                            (sn_range){0, sn_panel_count(isa, &panels)});
        for (size_t first = rows.begin; first < rows.end; first += SN_TN_GROUP) {
            size_t columns = rows.end - first < SN_TN_GROUP ? rows.end - first : SN_TN_GROUP;
            size_t tiles = sn_tile_count(columns, isa->tile_rows[SN_MAX_VECTORS]);
            pack_a(packed_a, a, k0, inner, first, columns, tiles);
            for (size_t p = 0; p < sn_panel_count(isa, &panels); p++) {
                sn_panel panel = sn_panel_at(isa, &panels, p);
                for (size_t t = 0; t < tiles; t++) {
                    sn_range range = sn_share(columns, t, tiles);
                    size_t height = range.end - range.begin;
                    float *to = c + (first + range.begin) * c_stride + panel.column;
                    sn_tile tile = {.c = to,
                                    .c_row = c_stride,
                                    .c_vector = lanes,
                                    .init = to,
                                    .init_row = c_stride,
                                    .init_vector = lanes,
                                    .inner = inner,
                                    .a_step = height,
                                    .b_step = panel.vectors * lanes,
                                    .lanes = lanes,
                                    .last_lanes = panel.columns - (panel.vectors - 1) * lanes};
                    const float *from = packed_a + range.begin * inner;
                    isa->tile_by_columns[panel.vectors][height](&tile, &from,
                                                                packed_b + panel.offset);
                }
            }
        }
    }
}

void sn_sum_rows_part(const sn_isa *isa, float *sums, const sn_rows *a, size_t k, sn_range columns) {
    // A chunk's sum begins at zero, so that a long batch loses no more digits than a short one.
    enum { COLUMNS = 64 };
    for (size_t column = columns.begin; column < columns.end; column += COLUMNS) {
        size_t n = columns.end - column < COLUMNS ? columns.end - column : COLUMNS;
        for (size_t k0 = 0; k0 < k; k0 += SN_SUM_CHUNK) {
            _Alignas(64) float chunk[COLUMNS] = {0};
            size_t end = k - k0 < SN_SUM_CHUNK ? k : k0 + SN_SUM_CHUNK;
            for (size_t r = k0; r < end; r++) isa->add(chunk, sn_row(a, r) + column, n);
            isa->add(sums + column, chunk, n);
        }
    }
}

typedef struct tn_arguments {
    const sn_context *context;
    float *c;
    size_t c_stride;
    const sn_rows *a, *b;
    float *workspace;
    size_t m, n, k;
} tn_arguments;

static void tn_body(const sn_team *team, void *arguments) {
    const tn_arguments *g = arguments;
    const sn_isa *isa = g->context->isa;
    float *workspace = g->workspace + team->index * sn_gemm_tn_thread_floats(isa, g->n);
    sn_gemm_tn_part(isa, g->c, g->c_stride, g->a, g->b, workspace,
                    sn_share(g->m, team->index, team->count), g->n, g->k);
}

void sn_gemm_tn(const sn_context *context, float *c, size_t c_stride, sn_rows a, sn_rows b,
                float *workspace, size_t m, size_t n, size_t k) {
    tn_arguments arguments = {context, c, c_stride, &a, &b, workspace, m, n, k};
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
    sn_sum_rows_part(s->context->isa, s->sums, s->a, s->k,
                     sn_share_grain(s->n, 16, team->index, team->count));
}

void sn_sum_rows(const sn_context *context, float *sums, sn_rows a, size_t k, size_t n) {
    sum_arguments arguments = {context, sums, &a, k, n};
    sn_parallel(context, 1 + k * n / SN_WORTH_A_THREAD, sum_body, &arguments);
}
