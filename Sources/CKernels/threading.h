// One parallel region with a spin barrier. Private to the kernels.
#ifndef SN_THREADING_H
#define SN_THREADING_H

#include "CKernels.h"

typedef struct sn_barrier sn_barrier;

// A thread's place in the team that runs a kernel.
typedef struct sn_team {
    size_t index;         // 0 … count-1
    size_t count;         // threads that OpenMP granted
    sn_barrier *barrier;  // shared by the team
} sn_team;

typedef void (*sn_team_body)(const sn_team *team, void *arguments);

// Runs `body` on every thread of a team of at most min(context->threads, most) threads,
// the caller among them, with denormals flushed to zero on each while it runs.
void sn_parallel(const sn_context *context, size_t most, sn_team_body body, void *arguments);

// Waits until the whole team is here.
void sn_barrier_wait(const sn_team *team);

// The half of a team of an even count that the thread belongs to, as a team of its own; *half
// is 0 or 1. A half is not halved again.
sn_team sn_team_half(const sn_team *team, size_t *half);

// Multiply-adds that outweigh waking a second thread (some 5 µs).
enum { SN_WORTH_A_THREAD = 1 << 18 };

// The share [begin, end) of `count` items that thread or part `index` of `parts` owns.
typedef struct sn_range {
    size_t begin, end;
} sn_range;

static inline sn_range sn_share(size_t count, size_t index, size_t parts) {
    if (parts == 1) return (sn_range){0, count};  // no divisions in the steps of a stream
    return (sn_range){count * index / parts, count * (index + 1) / parts};
}

// As sn_share(), with borders at multiples of `grain`, so that no cache line is shared.
static inline sn_range sn_share_grain(size_t count, size_t grain, size_t index, size_t parts) {
    sn_range blocks = sn_share((count + grain - 1) / grain, index, parts);
    size_t begin = blocks.begin * grain, end = blocks.end * grain;
    return (sn_range){begin < count ? begin : count, end < count ? end : count};
}

#endif
