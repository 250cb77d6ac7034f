// Parts of products, for drivers that run them inside a region of their own. Private to
// the kernels.
#ifndef SN_GEMM_PRIVATE_H
#define SN_GEMM_PRIVATE_H

#include "panels.h"

// k's of a packed product between two visits to c: a panel's share then stays in L2. Even, for
// bf16 of two k's share a word.
enum { SN_PACKED_BLOCK = 1024 };

// The tile's place for one panel; the caller sets rows and operands.
static inline sn_tile sn_panel_tile(const sn_isa *isa, const sn_panels *b,
                                    const sn_panel *panel) {
    const bool interleaved = sn_panels_interleave(isa, b);
    size_t last = panel->columns - (interleaved ? 0 : (panel->vectors - 1) * isa->lanes);
    const size_t apart = interleaved ? b->columns : isa->lanes;
    return (sn_tile){.c_vector = apart,
                     .init_vector = apart,
                     .lanes = interleaved ? last : isa->lanes,
                     .last_lanes = last,
                     .panels_alike = b->gates > 1 && !interleaved};
}

// Words from a panel to the next one that is as wide.
static inline size_t sn_words_beside(const sn_isa *isa, const sn_panels *b,
                                     const sn_panel *panel) {
    const size_t elements = panel->vectors * isa->lanes * sn_panels_room(b);
    return elements * sn_element_bytes(b->element) / sizeof(float);
}

// How many panels from p on, before `end`, a tile of so many rows meets at once: of those of one
// block, or of up to four neighbours that are as wide, all that there is a tile for, or half.
static inline size_t sn_panels_to_meet(const sn_isa *isa, const sn_panels *b,
                                       const sn_panel *panel, size_t p, size_t end, size_t rows) {
    const size_t each = sn_block_panels(isa, b);
    size_t alike = end - p;
    if (each > 1)
        alike = each - panel->gate;
    else if (p < b->wider && b->wider < end)
        alike = b->wider - p;
    if (alike > SN_MAX_PANELS) alike = SN_MAX_PANELS;
    size_t most = alike;
    while (most > 1 && !isa->tile_by_rows[b->element][most][panel->vectors][rows]) most--;
    return most > 1 && most < alike ? (alike + 1) / 2 : most;
}

// Makes a tile of panel p one of `met` panels from there on.
static inline void sn_meet_panels(const sn_isa *isa, sn_tile *tile, const sn_panels *b,
                                  const sn_panel *panel, size_t p, size_t met) {
    if (met < 2) return;
    tile->b_beside = sn_words_beside(isa, b, panel);
    if (sn_block_panels(isa, b) > 1) {
        tile->c_beside = b->columns;
        return;
    }
    const sn_panel last = sn_panel_at(isa, b, p + met - 1);
    const sn_tile of_last = sn_panel_tile(isa, b, &last);
    tile->c_beside = (sn_panels_interleave(isa, b) ? 1 : panel->vectors) * isa->lanes;
    tile->lanes = of_last.lanes;
    tile->last_lanes = of_last.last_lanes;
}

// Panels that some rows meet one after the other before the next rows come: together they stay in
// L2, and the rows in L1. So many are enough for that where k's are few.
enum { SN_GROUP_BYTES = 1 << 17, SN_GROUP_PANELS = 16 };

// How some rows go through panels.
typedef struct sn_group {
    size_t tiles;  // into which the rows are cut
    size_t met;    // panels that a tile meets at once
    size_t end;    // behind the last panel of the group
} sn_group;

// The end of the group of panels of one width that begins at p, each of so many k's.
static inline size_t sn_group_end(const sn_isa *isa, const sn_panels *b, size_t p, size_t end,
                                  size_t inner) {
    const size_t vectors = sn_panel_at(isa, b, p).vectors;
    const size_t bytes = inner * vectors * isa->lanes * sn_element_bytes(b->element);
    size_t next = p + 1;
    while (next < end && next < p + SN_GROUP_PANELS && (next + 1 - p) * bytes <= SN_GROUP_BYTES &&
           sn_panel_at(isa, b, next).vectors == vectors)
        next++;
    return next;
}

static inline const float *sn_row(const sn_rows *rows, size_t r) {
    return rows->table ? rows->table[r] : rows->base + r * rows->stride;
}

// Rows [begin, end) are cut into tiles of nearly equal height.
static inline size_t sn_tile_count(size_t rows, size_t most) {
    return rows <= most ? rows > 0 : (rows + most - 1) / most;
}

// The group that some rows meet from panel p on, before `end`, each of so many k's: rows that are
// one tile, what that meets at once.
static inline sn_group sn_group_at(const sn_isa *isa, const sn_panels *b, const sn_panel *panel,
                                   size_t p, size_t end, size_t rows, size_t inner) {
    const size_t tiles = sn_tile_count(rows, isa->tile_rows[b->element][panel->vectors]);
    if (tiles > 1) return (sn_group){tiles, 1, sn_group_end(isa, b, p, end, inner)};
    const size_t met = sn_panels_to_meet(isa, b, panel, p, end, rows);
    return (sn_group){tiles, met, p + met};
}

// The rows and panels of a packed product that one thread computes.
typedef struct sn_part {
    sn_range rows, panels;
} sn_part;

// The share of thread `index` of `count`: by rows where there are enough, else by panels.
sn_part sn_gemm_share(const sn_isa *isa, const sn_panels *b, size_t m, size_t index, size_t count);

// sn_gemm_packed() of one part.
void sn_gemm_packed_part(const sn_isa *isa, float *c, size_t c_stride, const sn_rows *a,
                         const sn_panels *b, const float *bias, bool accumulate, sn_part part);

// c[rows of the range, columns of b] = start + aᵀ·b with a[inner of b, ·], a_stride floats
// between its rows, b packed by its rows, and start zeros, or what c holds when `accumulate` is
// true.
void sn_gemm_tn_part(const sn_isa *isa, float *c, size_t c_stride, const float *a, size_t a_stride,
                     const sn_panels *b, bool accumulate, sn_range rows);

// sn_sum_rows() of the columns in the range, added to one or two sums; either may be NULL.
void sn_sum_rows_part(const sn_isa *isa, float *sums, float *also, const sn_rows *a, size_t k,
                      sn_range columns);

#endif
