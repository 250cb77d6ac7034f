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
    const bool gated = b->gates > 1;
    size_t last = panel->columns - (gated ? 0 : (panel->vectors - 1) * isa->lanes);
    const size_t apart = gated ? b->columns : isa->lanes;
    return (sn_tile){.c_vector = apart,
                     .init_vector = apart,
                     .b_step = panel->vectors * isa->lanes,
                     .lanes = gated ? last : isa->lanes,
                     .last_lanes = last};
}

// Makes a tile of one row by panel p, whose k's begin at k, one by panels p and p + 1 where both
// are before `end` and as wide. Returns how many panels it meets.
static inline size_t sn_meet_two_panels(const sn_isa *isa, sn_tile *tile, const sn_panels *b,
                                        size_t p, size_t end, size_t k) {
    if (p + 1 == end) return 1;
    const sn_panel panel = sn_panel_at(isa, b, p), next = sn_panel_at(isa, b, p + 1);
    if (next.vectors != panel.vectors) return 1;
    const sn_tile of_next = sn_panel_tile(isa, b, &next);
    tile->lanes = of_next.lanes;
    tile->last_lanes = of_next.last_lanes;
    tile->beside = sn_panels_from(b, next.offset + k * next.vectors * isa->lanes);
    tile->c_beside = next.column - panel.column;
    return 2;
}

// Runs a tile of `rows` rows by panels of elements of a kind.
static inline void sn_run_tile(const sn_isa *isa, const sn_tile *tile, size_t rows, size_t vectors,
                               sn_element element, const float *const *a, const void *b) {
    SN_ASSERT(!tile->beside || rows == 1);
    const sn_tile_function run = tile->beside ? isa->two_panels_by_row[element][vectors]
                                              : isa->tile_by_rows[element][vectors][rows];
    run(tile, a, b);
}

static inline const float *sn_row(const sn_rows *rows, size_t r) {
    return rows->table ? rows->table[r] : rows->base + r * rows->stride;
}

// Rows [begin, end) are cut into tiles of nearly equal height.
static inline size_t sn_tile_count(size_t rows, size_t most) { return (rows + most - 1) / most; }

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
