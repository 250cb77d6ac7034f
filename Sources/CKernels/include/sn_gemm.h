// Matrix products. Every output element is one chain of fused multiply-adds in
// ascending k, whatever the tile, the thread or the number of rows: so a row alone
// equals the same row in a batch, bit for bit.
#ifndef SN_GEMM_H
#define SN_GEMM_H

#include "sn_context.h"
#include "sn_panels.h"

// The rows of a matrix: row r begins at base + r*stride, or, when `table` is set,
// at table[r].
typedef struct sn_rows {
    const float *base;
    size_t stride;
    const float *const *table;
} sn_rows;

// c[m,N] = start + a[m,K] · b, with N = gates*columns of `b` in gate-major order and
// start = bias[N] (or zeros when NULL), or what c holds when `accumulate` is true.
// c does not alias a. c_stride is in floats. The elements of b may be of any type.
void sn_gemm_packed(const sn_context *context, float *c, size_t c_stride, sn_rows a,
                    const sn_panels *b, const float *bias, bool accumulate, size_t m);

// c[m,n] += aᵀ · b with a[k,m], b[k,n]: the gradient of a weight from k rows. Strides are in
// floats. c aliases neither a nor b. workspace: sn_gemm_tn_floats() floats, 64-byte aligned.
void sn_gemm_tn(const sn_context *context, float *c, size_t c_stride, const float *a,
                size_t a_stride, sn_rows b, float *workspace, size_t m, size_t n, size_t k);
size_t sn_gemm_tn_floats(const sn_context *context, size_t n, size_t k);

// sums[n] += the sum of the rows of a[k,n], in chunks of a fixed size.
void sn_sum_rows(const sn_context *context, float *sums, sn_rows a, size_t k, size_t n);

#endif
