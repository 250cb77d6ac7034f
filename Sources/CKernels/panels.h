// Where each panel lies. Private to the kernels.
#ifndef SN_PANELS_PRIVATE_H
#define SN_PANELS_PRIVATE_H

#include "simd/isa.h"
#include "threading.h"

// Copying fewer floats than this is over before a second thread has woken up (some 5 µs).
enum { SN_FLOATS_WORTH_A_THREAD = 16384 };

// One panel: `vectors` vectors that begin at column `unit` of each gate, or of its own.
typedef struct sn_panel {
    size_t before;   // columns of the panels before it, with their padding
    size_t offset;   // elements from the start of the packed data
    size_t gate;     // its own, 0 where it holds all
    size_t unit;     // first column of a gate
    size_t column;   // the same, of the whole matrix
    size_t columns;  // columns of a gate that are not padding
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

// Whether a panel holds a vector of each of several gates.
static inline bool sn_panels_interleave(const sn_isa *isa, const sn_panels *panels) {
    return panels->gates > 1 && !isa->gates_apart;
}

// Panels of the same units, one behind the other: a block, which no two threads share.
static inline size_t sn_block_panels(const sn_isa *isa, const sn_panels *panels) {
    return isa->gates_apart ? panels->gates : 1;
}

static inline size_t sn_panel_count(const sn_isa *isa, const sn_panels *panels) {
    return panels->blocks * sn_block_panels(isa, panels);
}

// The panels of thread `index` of `count`, in whole blocks.
static inline sn_range sn_panel_share(const sn_isa *isa, const sn_panels *panels, size_t index,
                                      size_t count) {
    const size_t each = sn_block_panels(isa, panels);
    const sn_range blocks = sn_share(panels->blocks, index, count);
    return (sn_range){blocks.begin * each, blocks.end * each};
}

static inline sn_panel sn_panel_at(const sn_isa *isa, const sn_panels *panels, size_t index) {
    const size_t each = sn_block_panels(isa, panels), lanes = isa->lanes;
    SN_ASSERT(each >= 1 && each <= SN_MAX_VECTORS);
    // By constants: a division takes long for the step of a small layer.
    const size_t block = each == 4   ? index / 4
                         : each == 3 ? index / 3
                         : each == 2 ? index / 2
                                     : index;
    const size_t gate = index - block * each;
    const size_t first = block * panels->narrow + (block < panels->wider ? block : panels->wider);
    const size_t width = panels->narrow + (block < panels->wider ? 1 : 0);
    const size_t unit = first * lanes, left = panels->columns - unit;
    const size_t before = (first * panels->gates + gate * width) * lanes;
    return (sn_panel){.before = before,
                      .offset = before * sn_panels_room(panels),
                      .gate = gate,
                      .unit = unit,
                      .column = gate * panels->columns + unit,
                      .columns = left < width * lanes ? left : width * lanes,
                      .vectors = sn_panels_interleave(isa, panels) ? panels->gates : width};
}

// The panels of blocks that are as wide as that of `panel` and whole, where each holds one gate;
// none where its own is not whole.
static inline sn_range sn_panels_alike(const sn_isa *isa, const sn_panels *panels,
                                       const sn_panel *panel) {
    const size_t lanes = isa->lanes, width = panel->vectors * lanes;
    if (panel->columns < width) return (sn_range){0, 0};
    const bool is_wider = panel->vectors > panels->narrow;
    const size_t whole = panels->columns % lanes ? panels->blocks - 1 : panels->blocks;
    const size_t begin = is_wider ? 0 : panels->wider;
    const size_t end = is_wider ? panels->wider : whole;
    return (sn_range){begin * panels->gates, end * panels->gates};
}

// The units that a run of panels covers: whole blocks, or some panels of one.
static inline sn_range sn_panel_units(const sn_isa *isa, const sn_panels *panels,
                                      sn_range range) {
    if (range.begin == range.end) return (sn_range){0, 0};
    const sn_panel last = sn_panel_at(isa, panels, range.end - 1);
    return (sn_range){sn_panel_at(isa, panels, range.begin).unit, last.unit + last.columns};
}

// Describes panels of at most `widest` vectors, or of a vector of each gate where those are
// interleaved. They are of nearly equal width, and of an odd number of vectors in twos the first
// three share a panel: one alone would leave the multiply-adds waiting for loads.
static inline sn_panels sn_panels_describe(const sn_isa *isa, size_t inner, size_t columns,
                                           size_t gates, size_t widest, sn_element element) {
    sn_panels panels = {.inner = inner, .columns = columns, .gates = gates, .element = element};
    const bool interleaved = sn_panels_interleave(isa, &panels);
    const size_t vectors = (columns + isa->lanes - 1) / isa->lanes;
    panels.blocks = interleaved ? vectors : (vectors + widest - 1) / widest;
    if (panels.blocks == 0) return panels;
    if (!interleaved && panels.blocks > 1 && vectors / panels.blocks == 1) panels.blocks--;
    panels.narrow = vectors / panels.blocks;
    panels.wider = vectors % panels.blocks;
    panels.vectors = interleaved ? gates : panels.narrow + (panels.wider > 0);
    return panels;
}

// A matrix [inner, columns] of one gate, as floats in panels as wide as suits its tiles.
static inline sn_panels sn_panels_widest(const sn_isa *isa, const float *data, size_t inner,
                                         size_t columns) {
    sn_panels panels = sn_panels_describe(isa, inner, columns, 1, isa->panel_vectors, SN_F32);
    panels.data = data;
    return panels;
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
