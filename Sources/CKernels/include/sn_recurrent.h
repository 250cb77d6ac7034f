// Recurrent layers: one layer, in one direction of time or both, over a whole packed batch.
//
// Sizes: T steps, B sequences, rows = sum of B_t, I input size, H hidden size, G gates.
// Weights and biases are laid out as in PyTorch: w_ih [G·H,I], w_hh [G·H,H],
// b_ih [G·H], b_hh [G·H], gate after gate.
#ifndef SN_RECURRENT_H
#define SN_RECURRENT_H

#include "sn_batch.h"
#include "sn_context.h"
#include "sn_gemm.h"
#include "sn_panels.h"

// A kind of cell: its gates, its phases and its element-wise part. One file each:
// rnn.c, gru.c, lstm.c. The equations stand there and in sn_reference.h.
typedef struct sn_cell sn_cell;
extern const sn_cell *const sn_rnn_tanh, *const sn_rnn_relu;
extern const sn_cell *const sn_gru_reset_after;   // gates r, z, n; PyTorch, cuDNN
extern const sn_cell *const sn_gru_reset_before;  // gates r, z, n; Cho et al. 2014
extern const sn_cell *const sn_gru_simplified;    // gates z, n; no reset gate
extern const sn_cell *const sn_lstm;              // gates i, f, g, o; with a forget gate

size_t sn_cell_gates(const sn_cell *cell);
bool sn_cell_has_cell_state(const sn_cell *cell);
// Floats a row that `saved` holds from forward to backward.
size_t sn_cell_saved_size(const sn_cell *cell, size_t hidden_size);

// The packed weights of a layer. Made once per optimiser step, or once per load.
typedef struct sn_recurrent_panels {
    sn_panels input;              // x · W_ihᵀ
    sn_panels hidden[2];          // h · W_hhᵀ, one of each phase
    sn_panels input_backward;     // dz · W_ih
    sn_panels hidden_backward[2]; // dz · W_hh, one of each phase
    const float *bias;            // [G·H + H]: what each accumulator starts from
} sn_recurrent_panels;

// Floats of memory that sn_recurrent_pack() needs, with or without the panels for backward,
// which are there for SN_F32 alone: rounded weights are not trained.
size_t sn_recurrent_pack_floats(const sn_context *context, const sn_cell *cell, size_t input_size,
                                size_t hidden_size, sn_element element, bool backward);

// Packs the weights into `memory` (64-byte aligned) and points `panels` into it. The biases stay
// float32.
void sn_recurrent_pack(const sn_context *context, sn_recurrent_panels *panels, float *memory,
                       const float *w_ih, const float *w_hh, const float *b_ih, const float *b_hh,
                       const sn_cell *cell, size_t input_size, size_t hidden_size,
                       sn_element element, bool backward);

// The input of a layer: x [rows,I], or, when `ids` is set, rows of a table: the input of row r
// is row ids[r] of x [table_rows,I], such as an embedding. Where the rows are many and the
// table is small, each row of the table is projected once instead of once a row; the forward
// pass has the same bits either way.
typedef struct sn_recurrent_input {
    const float *x;
    const int32_t *ids;  // [rows], each in 0 … table_rows-1; or NULL
    size_t table_rows;   // 0 when ids is NULL
} sn_recurrent_input;

// One direction of a layer over one batch.
//   batch            whose direction is this one's
//   input            x [rows,I], or ids and a table
//   h0, c0           [B,H] initial states; NULL means zeros
//   y                [rows,H] hidden state of every row; rows y_stride floats apart, so that
//                    both directions of a layer can lie side by side
//   cells            [rows,H] cell state of every row; NULL unless the cell has one; may be
//                    NULL where no backward pass follows
//   hn, cn           [B,H] state after each sequence; either may be NULL
//   saved            [rows, sn_cell_saved_size] what backward needs; NULL where none follows:
//                    the gates of a few steps at a time then lie in the workspace
//   workspace        sn_recurrent_floats() floats, 64-byte aligned; each direction has its own
//   steps_before     of a stream, the steps that ran before: every other step of a few rows, one
//                    with an odd number before it, may go through the weights from their end, which
//                    the cache still holds; the bits are the same
//   worth_a_thread   multiply-adds of a pass that outweigh waking a thread for it; 0 for as many as
//                    other kernels take, or fewer where weights fill an L2. Directions go side by
//                    side from as many multiply-adds on as ever. The bits are the same.
// Outputs do not alias inputs, but hn may be h0 and cn may be c0.
typedef struct sn_recurrent_run {
    const sn_cell *cell;
    size_t input_size, hidden_size;
    const sn_recurrent_panels *panels;
    const sn_batch *batch;
    sn_recurrent_input input;
    const float *h0, *c0;
    float *y;
    size_t y_stride;
    float *cells, *hn, *cn, *saved, *workspace;
    size_t steps_before, worth_a_thread;
} sn_recurrent_run;

// The gradients of one direction; every one is added to what is there, but those of the weights
// and of x are written where weights_are_empty and x_is_empty say that nothing is there yet.
//   dx               shaped as x of the input; may be NULL, and may be that of h0
//   dh0, dc0         [B,H]; may be NULL
//   dw_ih, dw_hh, db_ih, db_hh  in PyTorch's layout; all four given, or all NULL: `saved` is then
//                    left as sn_recurrent_weight_gradients() takes it
//   dy               laid out as y; in: the gradient of y; out: the whole gradient of each h_t,
//                    through later steps too
//   dhn, dcn         [B,H] gradients of the final states; may be NULL
typedef struct sn_recurrent_gradients {
    float *dx, *dh0, *dc0;
    float *dw_ih, *dw_hh, *db_ih, *db_hh;
    bool weights_are_empty;  // of dw_ih and dw_hh
    bool x_is_empty;         // of dx, without ids; directions then share it: the first writes it
    float *dy;
    const float *dhn, *dcn;
} sn_recurrent_gradients;

// Forward over the batch: writes y, cells, hn, cn and saved, as far as they are given, of each of
// the 1 or 2 directions of a layer, which have the same sizes, input and lengths.
void sn_recurrent_forward(const sn_context *context, const sn_recurrent_run *runs, size_t count);

// How many threads the forward pass of one direction takes, and whether its steps of fewest rows may
// go through the weights from their end, by turns; see worth_a_thread and steps_before.
size_t sn_recurrent_threads(const sn_context *context, const sn_recurrent_run *run);
bool sn_recurrent_alternates(const sn_context *context, const sn_recurrent_run *run);

// Backward over the batch, of runs as forward left them, with panels packed with `backward`; it
// may overwrite `saved`. The directions of a layer may add to the same dx.
void sn_recurrent_backward(const sn_context *context, const sn_recurrent_run *runs,
                           const sn_recurrent_gradients *gradients, size_t count);

// The gradients of the weights alone, from a batch whose steps went backward one by one, each as a
// batch of one step that took no gradients of weights. The run's y, saved and x hold the rows of
// all steps, its h0 the states before the first one. One direction, and no ids.
void sn_recurrent_weight_gradients(const sn_context *context, const sn_recurrent_run *run,
                                   const sn_recurrent_gradients *gradients);

// Workspace of sn_recurrent_forward() and, with `backward`, of sn_recurrent_backward() too, in
// which case the run has `saved`; table_rows as in the input.
size_t sn_recurrent_floats(const sn_context *context, const sn_cell *cell, size_t rows,
                           size_t sequences, size_t table_rows, size_t input_size,
                           size_t hidden_size, bool backward);

#endif
