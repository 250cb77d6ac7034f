// Packed time-major batches of ragged sequences.
#ifndef SN_BATCH_H
#define SN_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What stands before or after a row in its sequence, when no row does.
enum {
    SN_STATE_END = -1,    // previous: the initial state; next: the final state
    SN_STATE_RESET = -2,  // a cut within a stream: a zero state; no gradient crosses it
};

// The layout of a packed batch for one direction of time.
//
// Sequences are sorted by length, longest first. Step t holds the rows
// first_row[t] … first_row[t+1]-1, one for each of the B_t sequences that are still
// active; the row at position b of a step belongs to sequence b. No row is padding.
typedef struct sn_batch {
    size_t steps;               // T, the longest length
    size_t sequences;           // B = B_0
    size_t rows;                // sum of B_t
    const uint32_t *first_row;  // [T+1]
    const uint32_t *end_row;    // [B] the row of each sequence's greatest t
    const int32_t *previous;    // [rows] the row before in this direction, or SN_STATE_…
    const int32_t *next;        // [rows] the row after in this direction, or SN_STATE_…
    bool reversed;              // true: this direction runs from the greatest t to 0
} sn_batch;

#endif
