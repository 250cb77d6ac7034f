// Filling large arrays on all threads: what one thread alone can write is far below what memory
// takes.
#ifndef SN_FILL_H
#define SN_FILL_H

#include "sn_context.h"

// x[n] = value.
void sn_fill(const sn_context *context, float *x, float value, size_t n);

#endif
