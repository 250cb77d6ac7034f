// Ridge regression from the windows of a series, in float64: all later rows of a window from its
// first ones at once. One thread.
//
// A window is `window` rows of `columns` values, one after another. Its first `context` rows are
// the inputs: n = context*columns numbers. With x the inputs and y the targets, both less their
// means over all windows, the weights W [n, m] solve (x'x + ridge*I) W = x'y (Hoerl & Kennard
// 1970).
#ifndef SN_RIDGE_H
#define SN_RIDGE_H

#include <stddef.h>

// Sums over `count` windows that begin at the rows 0, 1 … count-1 of `values`.
//   sums     [window*columns]: of each number of a window
//   moments  [context*columns, window*columns]: of the products of an input and a number of the
//            window; what lies left of the diagonal is not written
//   values   [count+window-1, columns]
// Rows of `moments` after the first of a column follow from the row before: one window's product
// leaves, another's comes. So the time does not grow with context*window*count.
void sn_ridge_moments(
    double *sums, double *moments, const double *values, size_t count, size_t context,
    size_t window, size_t columns);

// a = U'U (Cholesky), with U in the place of a's diagonal and what lies right of it.
//   a [n, stride]: positive definite; only the diagonal and what lies right of it is read
void sn_ridge_factor(double *a, size_t n, size_t stride);

// Solves U'U w = b.
//   w [n, m]: b before, the solution after
//   u [n, stride]: as sn_ridge_factor leaves it
void sn_ridge_solve(double *w, const double *u, size_t n, size_t m, size_t stride);

// y = bias + x'W.
//   y [m], x [n], weights [n, m], bias [m]
void sn_ridge_forecast(
    double *y, const double *x, const double *weights, const double *bias, size_t n, size_t m);

#endif
