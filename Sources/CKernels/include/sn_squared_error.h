// The squared error of predictions of real values.
#ifndef SN_SQUARED_ERROR_H
#define SN_SQUARED_ERROR_H

#include "sn_context.h"

// losses[r] = the sum over n of (y[r] - targets[r])²; and, unless dy is NULL,
//   dy[r] += 2 * scale * (y[r] - targets[r])
//   y, targets, dy  [rows,n]
// A row's sum is taken in float64 in ascending order, and rounded once.
void sn_squared_error(const sn_context *context, float *losses, float *dy, const float *y,
                      const float *targets, float scale, size_t rows, size_t n);

#endif
