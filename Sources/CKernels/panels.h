// Where each panel lies. Private to the kernels.
#ifndef SN_PANELS_PRIVATE_H
#define SN_PANELS_PRIVATE_H

#include "simd/isa.h"
#include "threading.h"

// Copying fewer floats than this is over before a second thread has woken up (some 5 µs).
enum { SN_FLOATS_WORTH_A_THREAD = 16384 };

// One panel: `vectors` vectors that begin at column `column` of each gate.
typedef struct sn_panel {
    size_t offset;   // elements from the start of the packed data
    size_t column;   // first column
    size_t columns;  // columns that are not padding
    size_t vectors;
} sn_panel;

// The k's that a panel has room for: bf16 of two k's share a word.
static inline size_t sn_panels_room(const sn_panels *panels) {
    return panels->element == SN_BF16 ? (panels->inner + 1) / 2 * 2 : panels->inner;
}

static inline size_t sn_element_bytes(sn_element element) {
    return element == SN_BF16 ? sizeof(uint16_t) : sizeof(float);
}

// The packed elements from `offset` on, which for bf16 is that of an even k.
static inline const void *sn_panels_from(const sn_panels *panels, size_t offset) {
    return (const char *)panels->data + offset * sn_element_bytes(panels->element);
}

// Vectors of one gate's columns.
static inline size_t sn_panel_vectors(const sn_isa *isa, const sn_panels *panels) {
    return (panels->columns + isa->lanes - 1) / isa->lanes;
}

static inline size_t sn_panel_count(const sn_isa *isa, const sn_panels *panels) {
    size_t vectors = sn_panel_vectors(isa, panels);
    return panels->gates > 1 ? vectors : (vectors + panels->vectors - 1) / panels->vectors;
}

// Panels of one gate are of nearly equal width: a narrow one at the end would leave the
// multiply-adds waiting for loads.
static inline sn_panel sn_panel_at(const sn_isa *isa, const sn_panels *panels, size_t index) {
    sn_range own = {index, index + 1};
    if (panels->gates == 1)
        own = sn_share(sn_panel_vectors(isa, panels), index, sn_panel_count(isa, panels));
    size_t column = own.begin * isa->lanes, end = own.end * isa->lanes;
    size_t columns = (end < panels->columns ? end : panels->columns) - column;
    size_t vectors = panels->gates > 1 ? panels->gates : own.end - own.begin;
    size_t offset = own.begin * panels->gates * sn_panels_room(panels) * isa->lanes;
    return (sn_panel){offset, column, columns, vectors};
}

// A matrix [inner, columns] of one gate, as floats in panels as wide as suits its tiles.
static inline sn_panels sn_panels_widest(const sn_isa *isa, const float *data, size_t inner,
                                         size_t columns) {
    return (sn_panels){data, inner, columns, 1, isa->panel_vectors, SN_F32};
}

static inline sn_range sn_all_ks(const sn_panels *panels) { return (sn_range){0, panels->inner}; }

static inline sn_range sn_all_panels(const sn_isa *isa, const sn_panels *panels) {
    return (sn_range){0, sn_panel_count(isa, panels)};
}

// The next multiple of a cache line's floats.
static inline size_t sn_whole_lines(size_t floats) { return (floats + 15) / 16 * 16; }

// Where the elements of a matrix to pack come from: element (k, gate g, column n) is
// w[(gate_row[g]*columns + n)*n_stride + k'*k_stride], where k' is k with blocks of k_block
// k's moved to block k_row[k / k_block]; k_row NULL leaves them in place. One of the strides is 1.
typedef struct sn_pack_source {
    const float *w;
    const size_t *gate_row;
    size_t n_stride, k_stride;
    const size_t *k_row;
    size_t k_block;
} sn_pack_source;

// Packs all panels, on as many threads as pay.
void sn_panels_pack_from(const sn_context *context, void *out, const sn_panels *panels,
                         const sn_pack_source *source);

// Packs some k's of some panels of floats, of which the first is row k0 of b.
void sn_panels_pack_rows(const sn_isa *isa, float *out, const sn_panels *panels, const sn_rows *b,
                         size_t k0, sn_range ks, sn_range range);

// Packs some panels. Blocks of k's are not moved on their way to bf16.
void sn_panels_pack_part(const sn_isa *isa, void *out, const sn_panels *panels,
                         const sn_pack_source *source, sn_range range);

#endif
