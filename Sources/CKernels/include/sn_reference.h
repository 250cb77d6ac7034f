// The float64 oracle: every kernel again, plain and slow, for tests only.
#ifndef SN_REFERENCE_H
#define SN_REFERENCE_H

#include "sn_batch.h"
#include "sn_recurrent.h"

// The cells by name, so that the oracle shares nothing with the fast drivers.
typedef enum sn_reference_cell {
    SN_REFERENCE_RNN_TANH,
    SN_REFERENCE_RNN_RELU,
    SN_REFERENCE_GRU_RESET_AFTER,
    SN_REFERENCE_GRU_RESET_BEFORE,
    SN_REFERENCE_GRU_SIMPLIFIED,
    SN_REFERENCE_LSTM,
} sn_reference_cell;

// Forward of one direction of one layer; shapes as in sn_recurrent_forward().
// `saved` holds sn_reference_saved_size() doubles a row, each gate's activation.
void sn_reference_recurrent_forward(double *y, double *cells, double *hn, double *cn, double *saved,
                                    const double *x, const double *h0, const double *c0,
                                    const double *w_ih, const double *w_hh, const double *b_ih,
                                    const double *b_hh, const sn_batch *batch,
                                    sn_reference_cell cell, size_t input_size, size_t hidden_size);
size_t sn_reference_saved_size(sn_reference_cell cell, size_t hidden_size);

// Backward; shapes as in sn_recurrent_backward(), all gradients are added; any output may be
// NULL. `dy` and `saved` are not changed. Allocates nothing: `workspace` holds
// sn_reference_workspace_size() doubles.
void sn_reference_recurrent_backward(double *dx, double *dh0, double *dc0, double *dw_ih,
                                     double *dw_hh, double *db_ih, double *db_hh, const double *dy,
                                     const double *saved, const double *dhn, const double *dcn,
                                     const double *x, const double *y, const double *cells,
                                     const double *h0, const double *c0, const double *w_ih,
                                     const double *w_hh, double *workspace, const sn_batch *batch,
                                     sn_reference_cell cell, size_t input_size, size_t hidden_size);
size_t sn_reference_workspace_size(const sn_batch *batch, sn_reference_cell cell,
                                   size_t hidden_size);

// c[m,n] = bias[n] + a[m,k]·b[k,n]; bias may be NULL.
void sn_reference_gemm(double *c, const double *a, const double *b, const double *bias, size_t m,
                       size_t n, size_t k);

// As sn_softmax_loss(); the gradients may be NULL. Logits of one row: workspace [vocabulary].
void sn_reference_softmax_loss(double *losses, double *dh, double *dw, double *db, const double *h,
                               const double *w, const double *b, const int32_t *targets,
                               double scale, double *workspace, size_t rows, size_t hidden_size,
                               size_t vocabulary);

#endif
