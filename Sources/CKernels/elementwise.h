// Runs of a long array for each thread. Private to the kernels.
#ifndef SN_ELEMENTWISE_H
#define SN_ELEMENTWISE_H

#include "simd/isa.h"
#include "threading.h"

// Elements that outweigh waking a second thread (some 5 µs).
enum { SN_ELEMENTS_A_THREAD = 1 << 15 };

// The run of a thread, its borders on cache lines.
static inline sn_range sn_run(size_t n, const sn_team *team) {
    return sn_share_grain(n, 64, team->index, team->count);
}

static inline size_t sn_elementwise_threads(size_t n) { return 1 + n / SN_ELEMENTS_A_THREAD; }

#endif
