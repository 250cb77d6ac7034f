// Counter-based random numbers: Philox 4x32-10 (Salmon et al., "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011). The same seed, stream and index give the
// same number on any thread and any instruction set.
#ifndef SN_RANDOM_H
#define SN_RANDOM_H

#include "sn_context.h"

// out[4] = Philox 4x32-10 of the 128-bit counter (index, stream) and the 64-bit key.
void sn_philox(uint32_t out[4], uint64_t seed, uint64_t stream, uint64_t index);

// y[n] uniform in [low, high), element i from number i of the stream.
void sn_random_uniform(const sn_context *context, float *y, float low, float high, uint64_t seed,
                       uint64_t stream, size_t n);

#endif
