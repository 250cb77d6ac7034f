// Weights packed for the micro-kernels.
#ifndef SN_PANELS_H
#define SN_PANELS_H

#include "sn_context.h"

// What the elements of a packed matrix are. Products compute in float32 either way: those with
// bf16 have the bits of products with sn_round_bf16() of the floats.
typedef enum sn_element {
    SN_F32,
    // Float32 rounded to its upper 16 bits. A word of four bytes holds a column's elements of
    // two k's, the even one in its lower half, so that one load gives two vectors.
    SN_BF16,
} sn_element;

// A matrix [inner, gates*columns] packed into panels for products a · panels.
//
// A panel holds `vectors` vectors of the instruction set's lanes for every k of
// `inner`, one k after another. With gates > 1 and 32 registers it holds one vector of the same
// units of each gate (so gates of a unit are interleaved); else its vectors are neighbouring
// columns of a gate, panels are of nearly equal width, and those of the same units of each gate
// follow each other. Missing columns of the last ones are zeros, and so is the partner of a last k
// of bf16 that has none. The layout depends on the instruction set of the context that packed it.
typedef struct sn_panels {
    const void *data;   // 64-byte aligned, sn_panels_floats() floats of memory
    size_t inner;       // K
    size_t columns;     // columns of one gate: the units of a layer, or N of a product
    size_t gates;       // G, 1 to 4
    size_t vectors;     // vectors of the widest panel: G where interleaved, else up to 4
    // Panels of the same units are a block. How many blocks there are, how many vectors of units a
    // block has, and how many blocks, the first ones, have one more.
    size_t blocks, narrow, wider;
    sn_element element;
} sn_panels;

// Describes panels for a matrix of this shape; `data` is left NULL.
sn_panels sn_panels_make(const sn_context *context, size_t inner, size_t columns, size_t gates,
                         sn_element element);

// The memory that `data` of these panels needs, in floats.
size_t sn_panels_floats(const sn_context *context, const sn_panels *panels);

// Packs: element (k, gate g, column n) is w[(gate_row[g]*columns + n)*n_stride + k*k_stride].
// One of the strides is 1.
//   out        sn_panels_floats() floats of memory, 64-byte aligned
//   gate_row   [gates] which block of `columns` source rows each gate is
// n_stride = inner, k_stride = 1 packs w [G*columns, inner] for a · wᵀ;
// n_stride = 1, k_stride = columns (one gate) packs w [inner, columns] for a · w.
void sn_panels_pack(const sn_context *context, void *out, const sn_panels *panels, const float *w,
                    const size_t *gate_row, size_t n_stride, size_t k_stride);

// y[n] = x[n] rounded to the nearest bf16, ties to even, as floats; what is too great becomes
// infinite, and NaN stays NaN. y may be x.
void sn_round_bf16(float *y, const float *x, size_t n);

#endif
