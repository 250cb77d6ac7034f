// Columns of a matrix as a matrix of their own: how matrices are put side by side.
#ifndef SN_COLUMNS_H
#define SN_COLUMNS_H

#include "sn_context.h"

// y[r][c] = x[r][c] for `columns` columns of each row. Strides are the floats between rows. y does
// not alias x.
void sn_columns_copy(const sn_context *context, float *y, size_t y_stride, const float *x,
                     size_t x_stride, size_t rows, size_t columns);

// y[r][c] += x[r][c], likewise.
void sn_columns_add(const sn_context *context, float *y, size_t y_stride, const float *x,
                    size_t x_stride, size_t rows, size_t columns);

#endif
