// Element-wise functions with stated error, and their scalar forms.
#ifndef SN_ACTIVATIONS_H
#define SN_ACTIVATIONS_H

#include "sn_context.h"

// y[n] = f(x[n]). y may alias x. Errors in ULP of the exact result, over all finite
// floats whose result is a normal number; NaN gives NaN.
//   exp      within 2 ULP; overflows to +inf above 88.72, is 0 below -87.33
//   tanh     within 3.5 ULP; ±1 beyond ±9.01; tanh(±0) = ±0
//   sigmoid  1/(1+exp(-x)) within 3.5 ULP; below -87.33 0 where the CPU flushes denormals (x86,
//            ARM), else at most 1.2e-38
void sn_exp_u20(const sn_context *context, float *y, const float *x, size_t n);
void sn_tanh_u35(const sn_context *context, float *y, const float *x, size_t n);
void sn_sigmoid_u35(const sn_context *context, float *y, const float *x, size_t n);

// dx[n] += dy[n]·(1 - y[n]²), the gradient of y = tanh(x). No alias.
void sn_tanh_backward(const sn_context *context, float *dx, const float *dy, const float *y,
                      size_t n);

// y[n] += x[n]; no alias.
void sn_add(const sn_context *context, float *y, const float *x, size_t n);

#endif
