// The context that every kernel takes first: which instruction set, how many threads.
#ifndef SN_CONTEXT_H
#define SN_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The table of functions of one instruction set; see simd/isa.h.
typedef struct sn_isa sn_isa;

// Passed by pointer to every kernel, so that nothing is a hidden global and two
// contexts (two instruction sets, two thread counts) can live side by side.
typedef struct sn_context {
    const sn_isa *isa;
    size_t threads;   // the greatest number of threads a kernel may use, at least 1
    size_t l2_bytes;  // the second cache of a core; 0 where the system does not tell
} sn_context;

// Fills `context` for the instruction set of that name: "avx512", "avx2", "neon" or
// "generic"; NULL picks the best one of this CPU. `threads` is at least 1.
// Returns false, and leaves `context` alone, when this CPU or build lacks it.
bool sn_context_make(sn_context *context, const char *isa_name, size_t threads);

// The name of the context's instruction set.
const char *sn_context_isa_name(const sn_context *context);

// Float lanes of one vector register of the context's instruction set.
size_t sn_context_lanes(const sn_context *context);

// Whether the kernels were built with OpenMP; without it they run on one thread.
bool sn_threads_built_in(void);

// Processors that this process may run on; 1 without OpenMP.
size_t sn_available_processors(void);

#endif
