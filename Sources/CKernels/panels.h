// Where each panel lies. Private to the kernels.
#ifndef SN_PANELS_PRIVATE_H
#define SN_PANELS_PRIVATE_H

#include "simd/isa.h"
#include "threading.h"

// Copying fewer floats than this is over before a second thread has woken up (some 5 µs).
enum { SN_FLOATS_WORTH_A_THREAD = 16384 };

// One panel: `vectors` vectors that begin at column `column` of each gate.
typedef struct sn_panel {
    size_t offset;   // floats from the start of the packed data
    size_t column;   // first column
    size_t columns;  // columns that are not padding
    size_t vectors;
} sn_panel;

static inline size_t sn_panel_width(const sn_isa *isa, const sn_panels *panels) {
    return panels->gates > 1 ? isa->lanes : panels->vectors * isa->lanes;
}

static inline size_t sn_panel_count(const sn_isa *isa, const sn_panels *panels) {
    size_t width = sn_panel_width(isa, panels);
    return (panels->columns + width - 1) / width;
}

static inline sn_panel sn_panel_at(const sn_isa *isa, const sn_panels *panels, size_t index) {
    size_t width = sn_panel_width(isa, panels), column = index * width;
    size_t rest = panels->columns - column, columns = rest < width ? rest : width;
    size_t vectors = panels->gates > 1 ? panels->gates : (columns + isa->lanes - 1) / isa->lanes;
    size_t offset = index * panels->inner * panels->vectors * isa->lanes;
    return (sn_panel){offset, column, columns, vectors};
}

// Where the elements of a matrix to pack come from: element (k, gate g, column n) is
// w[(gate_row[g]*columns + n)*n_stride + k'*k_stride], where k' is k with blocks of k_block
// k's moved to block k_row[k / k_block]; k_row NULL leaves them in place.
typedef struct sn_pack_source {
    const float *w;
    const size_t *gate_row;
    size_t n_stride, k_stride;
    const size_t *k_row;
    size_t k_block;
} sn_pack_source;

// Packs all panels, on as many threads as pay.
void sn_panels_pack_from(const sn_context *context, float *out, const sn_panels *panels,
                         const sn_pack_source *source);

#endif
