#include "gemm.h"

sn_part sn_gemm_share(const sn_isa *isa, const sn_panels *b, size_t m, size_t index, size_t count) {
    size_t panels = sn_panel_count(isa, b);
    size_t tiles = sn_tile_count(m, isa->tile_rows[b->element][b->vectors]);
    sn_part part = {{0, m}, {0, panels}};
    if (tiles >= 2 * count || tiles >= panels)
        part.rows = sn_share(m, index, count);
    else
        part.panels = sn_share(panels, index, count);
    return part;
}

void sn_gemm_packed_part(const sn_isa *isa, float *c, size_t c_stride, const sn_rows *a,
                         const sn_panels *b, const float *bias, bool accumulate, sn_part part) {
    const size_t rows = part.rows.end - part.rows.begin;
    size_t k = 0;
    do {
        size_t inner = b->inner - k < SN_PACKED_BLOCK ? b->inner - k : SN_PACKED_BLOCK;
        for (size_t p = part.panels.begin, met = 1; p < part.panels.end; p += met) {
            sn_panel panel = sn_panel_at(isa, b, p);
            sn_tile tile = sn_panel_tile(isa, b, &panel);
            if (rows == 1) met = sn_meet_two_panels(isa, &tile, b, p, part.panels.end, k);
            const void *packed =
                sn_panels_from(b, panel.offset + k * panel.vectors * isa->lanes);
            size_t tiles = sn_tile_count(rows, isa->tile_rows[b->element][panel.vectors]);
            tile.c_row = c_stride;
            tile.inner = inner;
            for (size_t t = 0; t < tiles; t++) {
                sn_range range = sn_share(rows, t, tiles);
                const float *pointers[SN_MAX_ROWS];
                size_t first = part.rows.begin + range.begin, height = range.end - range.begin;
                for (size_t r = 0; r < height; r++) pointers[r] = sn_row(a, first + r) + k;
                tile.c = c + first * c_stride + panel.column;
                bool go_on = accumulate || k > 0;
                tile.init = go_on ? tile.c : bias ? bias + panel.column : NULL;
                tile.init_row = go_on ? c_stride : 0;
                tile.ahead = go_on ? tile.c + height * c_stride : tile.c;
                sn_run_tile(isa, &tile, height, panel.vectors, b->element, pointers, packed);
            }
        }
        k += inner;
    } while (k < b->inner);
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
