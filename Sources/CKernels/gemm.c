#include "gemm.h"

sn_part sn_gemm_share(const sn_isa *isa, const sn_panels *b, size_t m, size_t index, size_t count) {
    size_t tiles = sn_tile_count(m, isa->tile_rows[b->element][b->vectors]);
    sn_part part = {{0, m}, sn_all_panels(isa, b)};
    if (tiles >= 2 * count || tiles >= b->blocks)
        part.rows = sn_share(m, index, count);
    else
        part.panels = sn_panel_share(isa, b, index, count);
    return part;
}

// A product of some rows, from k on: where a panel's tiles begin, and what they start from.
typedef struct packed_block {
    float *c;
    size_t c_stride;
    const sn_rows *a;
    const sn_panels *b;
    const float *bias;
    bool go_on;
    size_t k, inner;
} packed_block;

// The tile of some rows and `met` panels from panel p on. The next tile is of the same rows, or, of
// the last panel, of those below it.
static void run_tile(const sn_isa *isa, const packed_block *block, sn_range rows, sn_panel panel,
                     size_t p, size_t met, bool is_last) {
    const sn_panels *b = block->b;
    const size_t height = rows.end - rows.begin;
    sn_tile tile = sn_panel_tile(isa, b, &panel);
    sn_meet_panels(isa, &tile, b, &panel, p, met);
    const float *pointers[SN_MAX_ROWS];
    for (size_t r = 0; r < height; r++) pointers[r] = sn_row(block->a, rows.begin + r) + block->k;
    tile.c = block->c + rows.begin * block->c_stride + panel.column;
    tile.c_row = block->c_stride;
    tile.inner = block->inner;
    tile.init = block->go_on ? tile.c : block->bias ? block->bias + panel.column : NULL;
    tile.init_row = block->go_on ? block->c_stride : 0;
    tile.ahead = tile.c;
    if (block->go_on) tile.ahead += is_last ? height * block->c_stride : panel.columns;
    const size_t before = block->k * panel.vectors * isa->lanes;
    isa->tile_by_rows[b->element][met][panel.vectors][height](
        &tile, pointers, sn_panels_from(b, panel.offset + before));
}

void sn_gemm_packed_part(const sn_isa *isa, float *c, size_t c_stride, const sn_rows *a,
                         const sn_panels *b, const float *bias, bool accumulate, sn_part part) {
    const size_t rows = part.rows.end - part.rows.begin;
    packed_block block = {c, c_stride, a, b, bias, accumulate, 0, 0};
    do {
        block.inner = b->inner - block.k < SN_PACKED_BLOCK ? b->inner - block.k : SN_PACKED_BLOCK;
        for (size_t p = part.panels.begin, end; p < part.panels.end; p = end) {
            const sn_panel panel = sn_panel_at(isa, b, p);
            const sn_group group =
                sn_group_at(isa, b, &panel, p, part.panels.end, rows, block.inner);
            end = group.end;
            for (size_t t = 0; t < group.tiles; t++) {
                const sn_range range = sn_share(rows, t, group.tiles);
                const sn_range own = {part.rows.begin + range.begin, part.rows.begin + range.end};
                for (size_t q = p; q < end; q += group.met)
                    run_tile(isa, &block, own, q == p ? panel : sn_panel_at(isa, b, q), q,
                             group.met, q + group.met >= end);
            }
        }
        block.k += block.inner;
        block.go_on = true;
    } while (block.k < b->inner);
}

typedef struct packed_arguments {
    const sn_context *context;
    float *c;
    size_t c_stride;
    const sn_rows *a;
    const sn_panels *b;
    const float *bias;
    bool accumulate;
    size_t m;
} packed_arguments;

static void packed_body(const sn_team *team, void *arguments) {
    const packed_arguments *g = arguments;
    const sn_isa *isa = g->context->isa;
    sn_part part = sn_gemm_share(isa, g->b, g->m, team->index, team->count);
    sn_gemm_packed_part(isa, g->c, g->c_stride, g->a, g->b, g->bias, g->accumulate, part);
}

void sn_gemm_packed(const sn_context *context, float *c, size_t c_stride, sn_rows a,
                    const sn_panels *b, const float *bias, bool accumulate, size_t m) {
    packed_arguments arguments = {context, c, c_stride, &a, b, bias, accumulate, m};
    size_t work = m * b->inner * b->columns * b->gates;
    sn_parallel(context, 1 + work / SN_WORTH_A_THREAD, packed_body, &arguments);
}
