// What the machine can do at most, for benchmarks: loops to be timed from outside.
#ifndef SN_LIMITS_H
#define SN_LIMITS_H

#include "sn_context.h"

// Runs `rounds` rounds of independent fused multiply-adds on every thread of the context, from
// registers alone: the limit of arithmetic. Each thread does sn_fma_operations() a round.
//   sink  out  [threads] a number of each thread that needs all its work
void sn_run_fma(const sn_context *context, float *sink, size_t rounds);
// Floating-point operations (two a multiply-add) of a round of one thread.
size_t sn_fma_operations(const sn_context *context);

// Runs `rounds` rounds of SN_INSTRUCTIONS instructions that do nothing on every thread of the
// context: how fast a core issues instructions. It is slower while the other hardware thread of
// the core is busy, perhaps for another virtual machine; the loop above then need not be.
enum { SN_INSTRUCTIONS = 64 };
void sn_run_instructions(const sn_context *context, size_t rounds);

// Reads x[n] `passes` times, each thread a share of its own: the limit of bytes, of the cache or
// memory that a share fits.
//   sink  out  [threads] a number of each thread that needs all its share
void sn_run_read(const sn_context *context, float *sink, const float *x, size_t n, size_t passes);

#endif
