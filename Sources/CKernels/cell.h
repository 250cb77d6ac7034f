// The description of a cell that the recurrent drivers work from. Private to the kernels.
#ifndef SN_CELL_H
#define SN_CELL_H

#include "recurrent_pass.h"

enum { SN_MAX_GATES = 4, SN_MAX_PHASES = 2 };

// One product of a step with its element-wise part behind it.
typedef struct sn_phase {
    size_t gates;                   // gates of the product's output, 1 … 4
    size_t gate_row[SN_MAX_GATES];  // which block of H rows of W_hh each one is
    size_t column;                  // first of them in a row of `saved`, in units of H
    bool from_saved;                // the product reads a block of `saved` instead of h
    size_t from_column;             // which block, in units of H
} sn_phase;

// One product of a backward step: dz (a run of blocks of `saved`) times rows of W_hh.
typedef struct sn_backward_phase {
    size_t gates;                   // blocks of dz
    size_t gate_row[SN_MAX_GATES];  // which block of rows of W_hh each one meets
    size_t column;                  // first block in a row of `saved`
} sn_backward_phase;

// A row of `saved` is a run of blocks of H floats. Forward fills it with activations;
// backward turns it into the gradients before the activations.
struct sn_cell {
    sn_cell_kind kind;
    size_t gates;           // G
    size_t saved_blocks;    // blocks of a row of `saved`
    bool has_cell_state;
    bool splits_candidate;  // W_hh's candidate keeps a bias and a block of its own (the last)
    size_t input_row[SN_MAX_GATES];  // block of W_ih rows that fills saved block g
    size_t phases;
    // The gates of the first phase are one, or several, as those of W_ih are.
    sn_phase forward[SN_MAX_PHASES];
    // backward[0] carries dz of the next row to h; backward[1] is within a step.
    sn_backward_phase backward[SN_MAX_PHASES];
    // Where dz of each gate of W_hh stands in `saved`, and whether what it multiplies is
    // h before the row or a block of `saved`.
    size_t hidden_gradient_block[SN_MAX_GATES];
    bool candidate_from_saved;  // the last gate of W_hh multiplied saved block `saved_blocks - 1`
};

#endif
