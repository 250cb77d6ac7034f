// Optimisers over one flat block of parameters; element-wise, so any thread count gives
// the same bits. `scale` multiplies the gradient first (clipping by the global norm).
#ifndef SN_OPTIMIZER_H
#define SN_OPTIMIZER_H

#include "sn_context.h"

// The sum of squares of x[n], accumulated in float64 in chunks of a fixed size.
// partial: sn_sum_of_squares_chunks(n) doubles of workspace.
double sn_sum_of_squares(const sn_context *context, const float *x, double *partial, size_t n);
size_t sn_sum_of_squares_chunks(size_t n);

// SGD: g = scale*gradient + decay*w; v = momentum*v + g; w -= rate*v. `v` may be NULL
// when momentum is 0.
void sn_sgd_step(const sn_context *context, float *w, float *v, const float *gradient, float scale,
                 float rate, float momentum, float decay, size_t n);

// Adam (Kingma & Ba 2015). `decay` is added to the gradient; `decoupled_decay` shrinks
// the weights by rate*decoupled_decay instead (AdamW, Loshchilov & Hutter 2019).
// correction1 = 1-beta1^t and correction2 = 1-beta2^t, with t counted from 1.
void sn_adam_step(const sn_context *context, float *w, float *m, float *v, const float *gradient,
                  float scale, float rate, float beta1, float beta2, float epsilon, float decay,
                  float decoupled_decay, float correction1, float correction2, size_t n);

// RMSProp (Hinton 2012): v = alpha*v + (1-alpha)*g²; u = momentum*u + g/(sqrt(v)+epsilon);
// w -= rate*u. `u` may be NULL when momentum is 0.
void sn_rmsprop_step(const sn_context *context, float *w, float *v, float *u, const float *gradient,
                     float scale, float rate, float alpha, float epsilon, float momentum,
                     float decay, size_t n);

#endif
