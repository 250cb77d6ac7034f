// The function table of one instruction set. Filled by isa_*.c from the sources in this
// folder, which are compiled once for each instruction set.
#ifndef SN_ISA_H
#define SN_ISA_H

#include <float.h>
#include <math.h>

#include "../recurrent_pass.h"
#include "CKernels.h"

// Preconditions, checked in debug builds only.
#ifdef DEBUG
#include <assert.h>
#define SN_ASSERT(condition) assert(condition)
#else
#define SN_ASSERT(condition) ((void)0)
#endif

#define SN_INLINE static inline __attribute__((always_inline))

enum {
    SN_ELEMENTS = SN_BF16 + 1,
    SN_MAX_LANES = 16,
    SN_MAX_VECTORS = 4,  // vectors of a panel: four gates, or neighbouring columns
    SN_MAX_PANELS = 4,   // panels of a tile
    SN_MAX_ROWS = 8,     // rows of a tile
};

// A second product that a tile goes on with, its sums still in registers.
typedef struct sn_tile_product {
    const float *a[SN_MAX_ROWS];  // as the rows of the first
    const void *b;                // panels as wide as those of the first
    size_t b_beside;              // as in sn_tile
    size_t inner;
} sn_tile_product;

// Where a tile of C lies, what it starts from, and how its operands lie.
typedef struct sn_tile {
    float *c;            // first row
    size_t c_row;        // floats between rows
    size_t c_vector;     // floats between the tile's vectors
    const float *init;   // starts the accumulators; NULL: zeros; may be c
    size_t init_row;     // floats between its rows (0: one row for all)
    size_t init_vector;  // floats between its vectors
    // Fetched while the products run, NULL for nothing: a tile that is only written (else its
    // stores, one after another, hold up those of the next), or the next one to be added to, of
    // this step or the next. Parts of it may lie outside of the matrix, as nothing else happens.
    const float *ahead;
    size_t inner;        // K
    // A few rows meet several panels, or the multiply-adds of one would wait for each other: words
    // from one to the next, and floats between their columns of c and init. Nothing is fetched
    // ahead.
    size_t b_beside, c_beside;
    bool panels_alike;   // all have the valid lanes below; else only the last, and others all
    const sn_tile_product *more;  // NULL for none; rows only, the same type of b
    size_t a_step;       // floats between k's of a, where a is given by columns
    size_t lanes;        // valid lanes of each vector but the last
    size_t last_lanes;   // valid lanes of the last vector
} sn_tile;

// c = init + a·b, then + the second product if there is one, for R rows and V vectors of columns of
// each of P panels.
// For each k, b holds V whole vectors of floats, or for each pair of k's V vectors of words; see
// sn_element.
//   rows:     a[r] points to row r, its k's one after another
//   columns:  a[0] points to the R rows' values for k = 0, one after another
typedef void (*sn_tile_function)(const sn_tile *tile, const float *const *a, const void *b);

// The scores of all tags of a step from those of the step before; see crf.simd.h.
typedef void (*sn_crf_step)(float *after, const float *before, const float *transitions, size_t row,
                            size_t tags, size_t columns);

// Constants of an Adam step; see sn_adam_step().
typedef struct sn_adam {
    float scale, rate, beta1, beta2, epsilon, decay, decoupled_decay, correction1, correction2;
} sn_adam;

// Constants of an RMSProp step; see sn_rmsprop_step().
typedef struct sn_rmsprop {
    float scale, rate, alpha, epsilon, momentum, decay;
} sn_rmsprop;

struct sn_isa {
    const char *name;
    size_t lanes;
    size_t panel_vectors;  // of a panel of one gate, where they are enough
    // Whether panels of several gates hold one gate each: where a tile has too few registers for
    // a vector of each gate and enough rows.
    bool gates_apart;
    // Rows of the greatest tile with V vectors of b's elements.
    size_t tile_rows[SN_ELEMENTS][SN_MAX_VECTORS + 1];
    // By panels, vectors of each, and rows; NULL for several panels that have too many sums.
    sn_tile_function tile_by_rows[SN_ELEMENTS][SN_MAX_PANELS + 1][SN_MAX_VECTORS + 1]
                                 [SN_MAX_ROWS + 1];
    sn_tile_function tile_by_columns[SN_MAX_VECTORS + 1][SN_MAX_ROWS + 1];

    void (*exp)(float *y, const float *x, size_t n);
    void (*tanh)(float *y, const float *x, size_t n);
    void (*sigmoid)(float *y, const float *x, size_t n);
    // dx += dy·(1 - y²)
    void (*tanh_backward)(float *dx, const float *dy, const float *y, size_t n);
    void (*add)(float *y, const float *x, size_t n);
    // The greatest of x[n], n > 0; anything when one of them is NaN.
    float (*max)(const float *x, size_t n);
    // y = exp(x - shift); returns the sum of y, in an order that n alone fixes.
    float (*exp_sum)(float *y, const float *x, float shift, size_t n);
    // Parts of the softmax loss; see softmax.simd.h.
    void (*exp_columns)(float *x, size_t row, float *greatest, float *sums, size_t words,
                        size_t columns);
    void (*join_chunks)(float *chunk_greatest, const float *chunk_sums, size_t row, float *greatest,
                        float *sums, const float *scales, size_t chunks, size_t columns);
    void (*scale_columns)(float *x, size_t row, const float *factors, size_t words, size_t columns);
    float (*sum)(const float *x, size_t n);
    // Sums of pooling and attention: y[n] += the sum of weights[r]·rows[r][n], in an order that
    // count alone fixes; y += factor·x; and the sum of x·y, in an order that n alone fixes.
    void (*add_rows)(float *y, const float *const *rows, const float *weights, size_t count,
                     size_t n);
    void (*add_scaled)(float *y, const float *x, float factor, size_t n);
    float (*dot)(const float *x, const float *y, size_t n);
    // y[n][lanes], y_row floats between rows, = the transpose of x [rows][n], rows <= lanes,
    // x_row floats between rows; missing rows are zeros.
    void (*transpose)(float *y, size_t y_row, const float *x, size_t x_row, size_t rows, size_t n);
    // One step of a conditional random field, by the greatest score or by the sum over all; see
    // crf.simd.h.
    sn_crf_step crf_best, crf_forward;
    void (*crf_backward)(float *marginals_before, float *counts, const float *marginals_after,
                         const float *before, const float *transitions, float *workspace,
                         size_t row, size_t tags, size_t columns);
    // Parts of attention, where `rows` point to `count` rows of n floats; see attention.simd.h.
    // y[r] = x·rows[r], in an order that n alone fixes.
    void (*dots)(float *y, const float *x, const float *const *rows, size_t count, size_t n);
    // y[r] = w·tanh(x + rows[r]), in an order that n alone fixes; and its gradients, each added to
    // what is there.
    void (*tanh_dots)(float *y, const float *x, const float *w, const float *const *rows,
                      size_t count, size_t n);
    void (*tanh_dots_backward)(float *dx, float *dw, float *const *drows, const float *dy,
                               const float *x, const float *w, const float *const *rows,
                               size_t count, size_t n);
    double (*sum_of_squares)(const float *x, size_t n);
    void (*sgd)(float *w, float *v, const float *g, float scale, float rate, float momentum,
                float decay, size_t n);
    void (*adam)(float *w, float *m, float *v, const float *g, const sn_adam *adam, size_t n);
    void (*rmsprop)(float *w, float *v, float *u, const float *g, const sn_rmsprop *options,
                    size_t n);

    // Loops that meet the machine's limits; see sn_limits.h.
    size_t fma_operations;
    float (*fma_rounds)(size_t rounds);
    float (*read_sum)(const float *x, size_t n);

    // The element-wise part of each cell, by sn_cell.kind and phase; see recurrent_pass.h.
    sn_pass_function forward[SN_CELL_KINDS][2];
    sn_pass_function backward[SN_CELL_KINDS][2];
};

extern const sn_isa sn_isa_generic;
#if defined(__x86_64__)
extern const sn_isa sn_isa_avx2, sn_isa_avx512;
#elif defined(__aarch64__)
extern const sn_isa sn_isa_neon;
#endif

#endif
