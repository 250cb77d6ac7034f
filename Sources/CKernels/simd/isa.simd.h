// Everything that is compiled once for each instruction set, and its table. The including
// file has set SN_ISA(name), SN_ISA_NAME, SN_REGISTERS and the vector type.
#include "tile.simd.h"
#include "activations.simd.h"
#include "cells.simd.h"
#include "attention.simd.h"
#include "softmax.simd.h"
#include "pooling.simd.h"
#include "transpose.simd.h"
#include "crf.simd.h"
#include "limits.simd.h"
#include "optimizer.simd.h"

const sn_isa SN_ISA(sn_isa) = {
    .name = SN_ISA_NAME,
    .lanes = SN_LANES,
    .panel_vectors = SN_PANEL_VECTORS,
    .gates_apart = SN_REGISTERS < 32,
    .tile_rows = SN_TILE_ROWS,
    .tile_by_rows = SN_TABLE_ROWS,
    .tile_by_columns = SN_TABLE_COLUMNS,
    .exp = SN_ISA(exp),
    .tanh = SN_ISA(tanh),
    .sigmoid = SN_ISA(sigmoid),
    .tanh_backward = SN_ISA(tanh_backward),
    .add = SN_ISA(add),
    .max = SN_ISA(max),
    .exp_sum = SN_ISA(exp_sum),
    .exp_columns = SN_ISA(exp_columns),
    .join_chunks = SN_ISA(join_chunks),
    .scale_columns = SN_ISA(scale_columns),
    .sum = SN_ISA(sum),
    .add_rows = SN_ISA(add_rows),
    .add_scaled = SN_ISA(add_scaled),
    .dot = SN_ISA(dot),
    .transpose = SN_ISA(transpose),
    .crf_best = SN_ISA(crf_best),
    .crf_forward = SN_ISA(crf_forward),
    .crf_backward = SN_ISA(crf_backward),
    .dots = SN_ISA(dots),
    .tanh_dots = SN_ISA(tanh_dots),
    .tanh_dots_backward = SN_ISA(tanh_dots_backward),
    .sum_of_squares = SN_ISA(sum_of_squares),
    .sgd = SN_ISA(sgd),
    .adam = SN_ISA(adam),
    .rmsprop = SN_ISA(rmsprop),
    .fma_operations = 2 * SN_FMA_CHAINS * SN_FMA_DEPTH * SN_LANES,
    .fma_rounds = SN_ISA(fma_rounds),
    .read_sum = SN_ISA(read_sum),
    .forward =
        {
            [SN_CELL_RNN_TANH] = {SN_ISA(rnn_tanh_forward)},
            [SN_CELL_RNN_RELU] = {SN_ISA(rnn_relu_forward)},
            [SN_CELL_GRU_RESET_AFTER] = {SN_ISA(gru_after_forward)},
            [SN_CELL_GRU_RESET_BEFORE] = {SN_ISA(gru_before_gates_forward),
                                          SN_ISA(gru_before_state_forward)},
            [SN_CELL_GRU_SIMPLIFIED] = {SN_ISA(gru_simplified_forward)},
            [SN_CELL_LSTM] = {SN_ISA(lstm_forward)},
        },
    .backward =
        {
            [SN_CELL_RNN_TANH] = {SN_ISA(rnn_tanh_backward)},
            [SN_CELL_RNN_RELU] = {SN_ISA(rnn_relu_backward)},
            [SN_CELL_GRU_RESET_AFTER] = {SN_ISA(gru_after_backward)},
            [SN_CELL_GRU_RESET_BEFORE] = {SN_ISA(gru_before_state_backward),
                                          SN_ISA(gru_before_gates_backward)},
            [SN_CELL_GRU_SIMPLIFIED] = {SN_ISA(gru_simplified_backward)},
            [SN_CELL_LSTM] = {SN_ISA(lstm_backward)},
        },
};
