// The transpose that packing weights by columns consists of.

#if SN_LANES == 16
#define SN_LOW_HALVES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define SN_HIGH_HALVES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif SN_LANES == 8
#define SN_LOW_HALVES 0, 8, 1, 9, 2, 10, 3, 11
#define SN_HIGH_HALVES 4, 12, 5, 13, 6, 14, 7, 15
#else
#define SN_LOW_HALVES 0, 4, 1, 5
#define SN_HIGH_HALVES 2, 6, 3, 7
#endif

// Each round interleaves row i with row i + lanes/2, which turns the bits of an element's
// place by one; after log2(lanes) rounds row and column have changed places.
SN_INLINE void SN_ISA(transpose_square)(float *y, size_t y_row, const float *x, size_t x_row,
                                        size_t rows) {
    vf a[SN_LANES], b[SN_LANES];
    for (size_t r = 0; r < SN_LANES; r++) a[r] = r < rows ? vf_load(x + r * x_row) : vf_set(0);
#pragma clang loop unroll(full)
    for (size_t round = 1; round < SN_LANES; round *= 2) {
#pragma clang loop unroll(full)
        for (size_t r = 0; r < SN_LANES / 2; r++) {
            b[2 * r] = __builtin_shufflevector(a[r], a[r + SN_LANES / 2], SN_LOW_HALVES);
            b[2 * r + 1] = __builtin_shufflevector(a[r], a[r + SN_LANES / 2], SN_HIGH_HALVES);
        }
#pragma clang loop unroll(full)
        for (size_t r = 0; r < SN_LANES; r++) a[r] = b[r];
    }
    for (size_t r = 0; r < SN_LANES; r++) vf_store(y + r * y_row, a[r]);
}

static void SN_ISA(transpose)(float *y, size_t y_row, const float *x, size_t x_row, size_t rows,
                              size_t n) {
    size_t k = 0;
    for (; k + SN_LANES <= n; k += SN_LANES) {
        if (rows == SN_LANES)
            SN_ISA(transpose_square)(y + k * y_row, y_row, x + k, x_row, SN_LANES);
        else
            SN_ISA(transpose_square)(y + k * y_row, y_row, x + k, x_row, rows);
    }
    for (; k < n; k++)
        for (size_t r = 0; r < SN_LANES; r++) y[k * y_row + r] = r < rows ? x[r * x_row + k] : 0;
}

#undef SN_LOW_HALVES
#undef SN_HIGH_HALVES
