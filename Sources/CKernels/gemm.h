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
