// The float64 oracle: every kernel again, plain and slow, for tests only.
#ifndef SN_REFERENCE_H
#define SN_REFERENCE_H

#include "sn_attention.h"
#include "sn_batch.h"
#include "sn_recurrent.h"

// The cells by name, so that the oracle shares nothing with the fast drivers. Their
// equations stand in reference_cells.c; gate order and signs are PyTorch's.
typedef enum sn_reference_cell {
    SN_REFERENCE_RNN_TANH,
    SN_REFERENCE_RNN_RELU,
    SN_REFERENCE_GRU_RESET_AFTER,
    SN_REFERENCE_GRU_RESET_BEFORE,
    SN_REFERENCE_GRU_SIMPLIFIED,
    SN_REFERENCE_LSTM,
} sn_reference_cell;

// Gates of a cell: 1 (RNN), 2 (simplified GRU: z, n), 3 (GRU: r, z, n), 4 (LSTM: i, f, g, o).
size_t sn_reference_gates(sn_reference_cell cell);

// Forward of one direction of one layer; shapes as in sn_recurrent_forward().
//   y          out   [rows,H]
//   cells      out   [rows,H]; used by the LSTM alone, else may be NULL
//   hn, cn     out   [B,H]; either may be NULL
//   saved      out   [rows, sn_reference_saved_size] each gate's activation, gate after
//                    gate; GRU with reset after: also W_hn h + b_hn
//   h0, c0           [B,H]; NULL means zeros
//   w_ih [G·H,I], w_hh [G·H,H], b_ih [G·H], b_hh [G·H]
void sn_reference_recurrent_forward(double *y, double *cells, double *hn, double *cn, double *saved,
                                    const double *x, const double *h0, const double *c0,
                                    const double *w_ih, const double *w_hh, const double *b_ih,
                                    const double *b_hh, const sn_batch *batch,
                                    sn_reference_cell cell, size_t input_size, size_t hidden_size);
size_t sn_reference_saved_size(sn_reference_cell cell, size_t hidden_size);

// Backward; shapes as in sn_recurrent_backward(). Every gradient is added to what is
// there, and any output may be NULL. Unlike the fast kernel this leaves `dy` and `saved`
// as they are, and writes the whole gradient of each h_t, through later steps too, to
// dh_total[rows,H].
//   workspace  sn_reference_workspace_size() doubles
void sn_reference_recurrent_backward(double *dx, double *dh0, double *dc0, double *dw_ih,
                                     double *dw_hh, double *db_ih, double *db_hh, double *dh_total,
                                     const double *dy, const double *saved, const double *dhn,
                                     const double *dcn, const double *x, const double *y,
                                     const double *cells, const double *h0, const double *c0,
                                     const double *w_ih, const double *w_hh, double *workspace,
                                     const sn_batch *batch, sn_reference_cell cell,
                                     size_t input_size, size_t hidden_size);
size_t sn_reference_workspace_size(const sn_batch *batch, sn_reference_cell cell,
                                   size_t hidden_size);

// c[m,n] = bias[n] + a[m,k]·b[k,n]; bias may be NULL.
void sn_reference_gemm(double *c, const double *a, const double *b, const double *bias, size_t m,
                       size_t n, size_t k);

// As sn_softmax_loss(); each of the gradients dh, dw, db may be NULL. Gradients are added.
//   workspace  [vocabulary] the logits of one row, then their gradients
void sn_reference_softmax_loss(double *losses, double *dh, double *dw, double *db, const double *h,
                               const double *w, const double *b, const int32_t *targets,
                               const double *weights, double scale, double *workspace,
                               size_t rows, size_t hidden_size, size_t vocabulary);

// As sn_squared_error(); dy may be NULL.
void sn_reference_squared_error(double *losses, double *dy, const double *y, const double *targets,
                                double scale, size_t rows, size_t n);

// As sn_crf_loss() and sn_crf_marginals(), by the sums before and after each step; what is
// forbidden is -inf in transitions, start or end. Gradients are added.
//   workspace  [2, rows, tags] log of the sums up to a row, and from it on
void sn_reference_crf_loss(double *losses, double *marginals, double *demissions,
                           double *dtransitions, double *dstart, double *dend,
                           const double *emissions, const int32_t *targets,
                           const double *transitions, const double *start, const double *end,
                           double scale, double *workspace, const sn_batch *batch, size_t tags);

// As sn_crf_decode(), with the same ties.
//   workspace  [rows, tags] the greatest score up to a row
//   from       [rows, tags] the tag before, of that score
void sn_reference_crf_decode(int32_t *best, double *scores, const double *emissions,
                             const double *transitions, const double *start, const double *end,
                             double *workspace, int32_t *from, const sn_batch *batch, size_t tags);

// As sn_attention_forward() and sn_attention_backward(). Gradients are added; each may be NULL.
//   workspace  doubles, as many as the longest sequence of keys has rows
void sn_reference_attention_forward(double *y, double *p, const double *q, const double *k,
                                    const double *v, const double *w,
                                    const sn_attention_layout *layout, size_t width,
                                    size_t value_width);
void sn_reference_attention_backward(double *dq, double *dk, double *dv, double *dw,
                                     const double *dy, const double *p, const double *q,
                                     const double *k, const double *v, const double *w,
                                     double *workspace, const sn_attention_layout *layout,
                                     size_t width, size_t value_width);

#endif
