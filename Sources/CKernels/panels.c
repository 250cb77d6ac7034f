#include "panels.h"

#include <string.h>

#include "gemm.h"

sn_panels sn_panels_make(const sn_context *context, size_t inner, size_t columns, size_t gates,
                         sn_element element) {
    // Narrow matrices get narrow panels, so that two threads find a panel each from 4 vectors on.
    size_t wide = columns > 8 * context->isa->lanes ? context->isa->panel_vectors : 2;
    return sn_panels_describe(context->isa, inner, columns, gates, wide, element);
}

size_t sn_panels_floats(const sn_context *context, const sn_panels *panels) {
    const sn_isa *isa = context->isa;
    size_t vectors = panels->blocks * panels->narrow + panels->wider;
    size_t columns = vectors * panels->gates * isa->lanes;
    return columns * sn_panels_room(panels) * sn_element_bytes(panels->element) / sizeof(float);
}

void sn_panels_pack_rows(const sn_isa *isa, float *out, const sn_panels *panels, const sn_rows *b,
                         size_t k0, sn_range ks, sn_range range) {
    SN_ASSERT(panels->element == SN_F32);
    // Row by row: a row is read from its beginning to its end, which the core fetches ahead.
    for (size_t k = ks.begin; k < ks.end; k++) {
        const float *row = sn_row(b, k0 + k - ks.begin);
        for (size_t p = range.begin; p < range.end; p++) {
            sn_panel panel = sn_panel_at(isa, panels, p);
            size_t columns = panel.columns, stride = panel.vectors * isa->lanes;
            float *to = out + panel.offset + k * stride;
            memcpy(to, row + panel.column, columns * sizeof *to);
            if (stride > columns) memset(to + columns, 0, (stride - columns) * sizeof *to);
        }
    }
}

// One vector's column of a panel: `valid` columns from `from`, zeros behind them.
static void pack_vector(const sn_isa *isa, float *to, const float *from,
                        const sn_pack_source *source, size_t inner, size_t stride, size_t valid) {
    const size_t block = source->k_row ? source->k_block : inner, n_stride = source->n_stride;
    for (size_t k0 = 0; k0 < inner; k0 += block, to += block * stride) {
        size_t moved = source->k_row ? source->k_row[k0 / block] * block : 0;
        const float *element = from + moved * source->k_stride;
        if (source->k_stride == 1) {
            isa->transpose(to, stride, element, n_stride, valid, block);
            continue;
        }
        SN_ASSERT(n_stride == 1);
        for (size_t k = 0; k < block; k++, element += source->k_stride) {
            memcpy(to + k * stride, element, valid * sizeof *to);
            for (size_t l = valid; l < isa->lanes; l++) to[k * stride + l] = 0;
        }
    }
}

// The upper 16 bits of x rounded to them, ties to even. NaN keeps its sign and becomes quiet.
static inline uint32_t bf16_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint32_t rounded = bits + 0x7fff + (bits >> 16 & 1);
    return (x != x ? bits | 0x400000 : rounded) >> 16;
}

void sn_round_bf16(float *y, const float *x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint32_t bits = bf16_bits(x[i]) << 16;
        memcpy(&y[i], &bits, sizeof bits);
    }
}

// pack_vector() to words of bf16, by way of a few k's as floats.
static void pack_vector_bf16(const sn_isa *isa, uint32_t *to, const float *from,
                             const sn_pack_source *source, size_t inner, size_t stride,
                             size_t valid) {
    enum { KS = 64 };
    const size_t lanes = isa->lanes;
    SN_ASSERT(!source->k_row);
    for (size_t k0 = 0; k0 < inner; k0 += KS, from += KS * source->k_stride) {
        _Alignas(64) float floats[KS * SN_MAX_LANES];
        size_t count = inner - k0 < KS ? inner - k0 : KS;
        pack_vector(isa, floats, from, source, count, lanes, valid);
        if (count % 2) memset(floats + count * lanes, 0, lanes * sizeof *floats);
        for (size_t k = 0; k < count; k += 2, to += stride) {
            const float *even = floats + k * lanes, *odd = even + lanes;
            for (size_t l = 0; l < lanes; l++)
                to[l] = bf16_bits(even[l]) | bf16_bits(odd[l]) << 16;
        }
    }
}

void sn_panels_pack_part(const sn_isa *isa, void *out, const sn_panels *panels,
                         const sn_pack_source *source, sn_range range) {
    const size_t lanes = isa->lanes;
    const bool interleaved = sn_panels_interleave(isa, panels);
    for (size_t p = range.begin; p < range.end; p++) {
        sn_panel panel = sn_panel_at(isa, panels, p);
        for (size_t v = 0; v < panel.vectors; v++) {
            size_t gate = interleaved ? v : panel.gate;
            size_t first = panel.unit + (interleaved ? 0 : v * lanes);
            size_t valid = panels->columns - first < lanes ? panels->columns - first : lanes;
            size_t row = source->gate_row[gate] * panels->columns + first;
            const float *from = source->w + row * source->n_stride;
            if (panels->element == SN_BF16)
                pack_vector_bf16(isa, (uint32_t *)out + panel.offset / 2 + v * lanes, from, source,
                                 panels->inner, panel.vectors * lanes, valid);
            else
                pack_vector(isa, (float *)out + panel.offset + v * lanes, from, source,
                            panels->inner, panel.vectors * lanes, valid);
        }
    }
}

typedef struct pack_arguments {
    const sn_isa *isa;
    void *out;
    const sn_panels *panels;
    const sn_pack_source *source;
} pack_arguments;

static void pack_body(const sn_team *team, void *arguments) {
    const pack_arguments *a = arguments;
    sn_panels_pack_part(a->isa, a->out, a->panels, a->source,
                        sn_panel_share(a->isa, a->panels, team->index, team->count));
}

void sn_panels_pack_from(const sn_context *context, void *out, const sn_panels *panels,
                         const sn_pack_source *source) {
    pack_arguments arguments = {context->isa, out, panels, source};
    size_t most = 1 + sn_panels_floats(context, panels) / SN_FLOATS_WORTH_A_THREAD;
    sn_parallel(context, most, pack_body, &arguments);
}

void sn_panels_pack(const sn_context *context, void *out, const sn_panels *panels, const float *w,
                    const size_t *gate_row, size_t n_stride, size_t k_stride) {
    sn_pack_source source = {w, gate_row, n_stride, k_stride, NULL, 0};
    sn_panels_pack_from(context, out, panels, &source);
}
