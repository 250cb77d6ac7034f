#include "threading.h"

#include <sched.h>
#include <stdatomic.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#ifdef _OPENMP
// libomp's omp.h is not on clang's include path everywhere; these are its stable names.
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_get_num_procs(void);
#endif

// The counters lie on cache lines of their own: arrivals must not disturb the spinners.
struct sn_barrier {
    _Alignas(64) atomic_size_t arrived;
    _Alignas(64) atomic_size_t generation;
};

// Spins before yielding: some 50 µs. Longer, and an oversubscribed machine collapses.
enum { SN_SPINS_BEFORE_YIELD = 2000 };

static inline void sn_pause(void) {
#if defined(__x86_64__)
    _mm_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void sn_barrier_wait(const sn_team *team) {
    if (team->count == 1) return;
    sn_barrier *barrier = team->barrier;
    size_t generation = atomic_load_explicit(&barrier->generation, memory_order_relaxed);
    size_t before = atomic_fetch_add_explicit(&barrier->arrived, 1, memory_order_acq_rel);
    if (before + 1 == team->count) {
        atomic_store_explicit(&barrier->arrived, 0, memory_order_relaxed);
        atomic_store_explicit(&barrier->generation, generation + 1, memory_order_release);
        return;
    }
    for (int spins = 0;
         atomic_load_explicit(&barrier->generation, memory_order_acquire) == generation;) {
        if (spins < SN_SPINS_BEFORE_YIELD) {
            spins++;
            sn_pause();
        } else {
            sched_yield();
        }
    }
}

sn_team sn_team_half(const sn_team *team, size_t *half) {
    const size_t count = team->count / 2;
    *half = team->index / count;
    return (sn_team){team->index % count, count, team->barrier + 1 + *half};
}

// Denormals slow some operations twentyfold, and a thread that keeps them would give
// other bits than one that does not. Returns the state to restore.
static uint64_t sn_flush_denormals(void) {
#if defined(__x86_64__)
    unsigned state = _mm_getcsr();
    _mm_setcsr(state | 0x8040);  // flush-to-zero and denormals-are-zero
    return state;
#elif defined(__aarch64__)
    uint64_t state;
    __asm__ volatile("mrs %0, fpcr" : "=r"(state));
    __asm__ volatile("msr fpcr, %0" : : "r"(state | (1ull << 24)));
    return state;
#else
    return 0;
#endif
}

static void sn_restore_denormals(uint64_t state) {
#if defined(__x86_64__)
    _mm_setcsr((unsigned)state);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(state));
#else
    (void)state;
#endif
}

static void sn_run(const sn_team *team, sn_team_body body, void *arguments) {
    uint64_t state = sn_flush_denormals();
    body(team, arguments);
    sn_restore_denormals(state);
}

void sn_parallel(const sn_context *context, size_t most, sn_team_body body, void *arguments) {
    size_t threads = context->threads < most ? context->threads : most;
    // Of the whole team and of its halves.
    sn_barrier barriers[3] = {0};
#ifdef _OPENMP
    if (threads > 1) {
#pragma omp parallel num_threads((int)threads)
        {
            sn_team team = {(size_t)omp_get_thread_num(), (size_t)omp_get_num_threads(), barriers};
            sn_run(&team, body, arguments);
        }
        return;
    }
#else
    (void)threads;
#endif
    sn_team team = {0, 1, barriers};
    sn_run(&team, body, arguments);
}

size_t sn_available_processors(void) {
#ifdef _OPENMP
    int count = omp_get_num_procs();
    return count > 0 ? (size_t)count : 1;
#else
    return 1;
#endif
}
