#include "sn_ridge.h"

#include <math.h>
#include <string.h>

#include "simd/isa.h"

// The products of the first row's numbers with all of the window, window by window.
static void sum_first_rows(
    double *sums, double *moments, const double *values, size_t count, size_t window,
    size_t columns) {
    const size_t width = window * columns;
    memset(sums, 0, width * sizeof *sums);
    memset(moments, 0, columns * width * sizeof *moments);
    for (size_t s = 0; s < count; s++) {
        const double *x = values + s * columns;
        for (size_t j = 0; j < width; j++) sums[j] += x[j];
        for (size_t i = 0; i < columns; i++) {
            double *row = moments + i * width;
            for (size_t j = i; j < width; j++) row[j] += x[i] * x[j];
        }
    }
}

void sn_ridge_moments(
    double *sums, double *moments, const double *values, size_t count, size_t context,
    size_t window, size_t columns) {
    SN_ASSERT(context >= 1 && context <= window);
    const size_t width = window * columns, n = context * columns;
    sum_first_rows(sums, moments, values, count, window, columns);
    const double *leaving = values, *coming = values + count * columns;
    for (size_t i = columns; i < n; i++) {
        const double *before = moments + (i - columns) * width;
        double *row = moments + i * width;
        const double out = leaving[i - columns], in = coming[i - columns];
        for (size_t j = i; j < width; j++) {
            row[j] = before[j - columns] + (in * coming[j - columns] - out * leaving[j - columns]);
        }
    }
}

void sn_ridge_factor(double *a, size_t n, size_t stride) {
    for (size_t k = 0; k < n; k++) {
        double *pivot_row = a + k * stride;
        SN_ASSERT(pivot_row[k] > 0);
        const double pivot = sqrt(pivot_row[k]);
        for (size_t j = k; j < n; j++) pivot_row[j] /= pivot;
        for (size_t i = k + 1; i < n; i++) {
            double *row = a + i * stride;
            const double factor = pivot_row[i];
            for (size_t j = i; j < n; j++) row[j] -= factor * pivot_row[j];
        }
    }
}

void sn_ridge_solve(double *w, const double *u, size_t n, size_t m, size_t stride) {
    for (size_t k = 0; k < n; k++) {
        double *row = w + k * m;
        for (size_t c = 0; c < m; c++) row[c] /= u[k * stride + k];
        for (size_t i = k + 1; i < n; i++) {
            const double factor = u[k * stride + i];
            for (size_t c = 0; c < m; c++) w[i * m + c] -= factor * row[c];
        }
    }
    for (size_t k = n; k-- > 0;) {
        double *row = w + k * m;
        for (size_t i = k + 1; i < n; i++) {
            const double factor = u[k * stride + i];
            for (size_t c = 0; c < m; c++) row[c] -= factor * w[i * m + c];
        }
        for (size_t c = 0; c < m; c++) row[c] /= u[k * stride + k];
    }
}

void sn_ridge_forecast(
    double *y, const double *x, const double *weights, const double *bias, size_t n, size_t m) {
    memcpy(y, bias, m * sizeof *y);
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < m; c++) y[c] += x[i] * weights[i * m + c];
    }
}
