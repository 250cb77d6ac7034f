// Rows of a table by index: the product of a one-hot vector and a matrix.
#ifndef SN_EMBEDDING_H
#define SN_EMBEDDING_H

#include "sn_context.h"

// y[rows,width] = table[ids[r]]. Every id is in 0 … V-1 of table[V,width].
void sn_embedding_forward(const sn_context *context, float *y, const float *table,
                          const int32_t *ids, size_t rows, size_t width);

// dtable[ids[r]] += dy[r], rows in ascending order for each id.
void sn_embedding_backward(const sn_context *context, float *dtable, const float *dy,
                           const int32_t *ids, size_t rows, size_t width);

#endif
