#include <string.h>
#include <unistd.h>

#include "simd/isa.h"

bool sn_threads_built_in(void) {
#ifdef _OPENMP
    return true;
#else
    return false;
#endif
}

// The instruction sets of this build, best first, as far as this CPU has them.
static size_t sn_available(const sn_isa *found[4]) {
    size_t count = 0;
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    if (avx512) found[count++] = &sn_isa_avx512;
    if (avx2) found[count++] = &sn_isa_avx2;
#elif defined(__aarch64__)
    found[count++] = &sn_isa_neon;
#endif
    found[count++] = &sn_isa_generic;
    return count;
}

static size_t l2_bytes(void) {
#ifdef _SC_LEVEL2_CACHE_SIZE
    const long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
    return bytes > 0 ? (size_t)bytes : 0;
#else
    return 0;
#endif
}

bool sn_context_make(sn_context *context, const char *isa_name, size_t threads) {
    const sn_isa *found[4];
    size_t count = sn_available(found);
    for (size_t i = 0; i < count; i++) {
        if (isa_name && strcmp(isa_name, found[i]->name) != 0) continue;
        *context = (sn_context){found[i], threads ? threads : 1, l2_bytes()};
        return true;
    }
    return false;
}

const char *sn_context_isa_name(const sn_context *context) { return context->isa->name; }

size_t sn_context_lanes(const sn_context *context) { return context->isa->lanes; }
