#include "panels.h"

sn_panels sn_panels_make(const sn_context *context, size_t inner, size_t columns, size_t gates) {
    // Narrow matrices get narrow panels, so that two threads find a panel each.
    size_t wide = columns > 8 * context->isa->lanes ? 4 : 2;
    return (sn_panels){
        .inner = inner, .columns = columns, .gates = gates, .vectors = gates > 1 ? gates : wide};
}

size_t sn_panels_floats(const sn_context *context, const sn_panels *panels) {
    size_t lanes = context->isa->lanes, count = sn_panel_count(context->isa, panels);
    if (count == 0) return 0;
    size_t last = sn_panel_at(context->isa, panels, count - 1).vectors;
    return ((count - 1) * panels->vectors + last) * panels->inner * lanes;
}

// One vector's column of a panel: `valid` columns from `from`, zeros behind them.
static void pack_vector(float *to, const float *from, const sn_pack_source *source, size_t inner,
                        size_t stride, size_t valid, size_t lanes) {
    const size_t block = source->k_row ? source->k_block : inner, n_stride = source->n_stride;
    for (size_t k0 = 0; k0 < inner; k0 += block) {
        size_t moved = source->k_row ? source->k_row[k0 / block] * block : 0;
        const float *element = from + moved * source->k_stride;
        for (size_t k = 0; k < block; k++, to += stride, element += source->k_stride) {
            if (n_stride == 1)
                for (size_t l = 0; l < valid; l++) to[l] = element[l];
            else
                for (size_t l = 0; l < valid; l++) to[l] = element[l * n_stride];
            for (size_t l = valid; l < lanes; l++) to[l] = 0;
        }
    }
}

typedef struct pack_arguments {
    const sn_isa *isa;
    float *out;
    const sn_panels *panels;
    const sn_pack_source *source;
} pack_arguments;

static void pack_body(const sn_team *team, void *arguments) {
    const pack_arguments *a = arguments;
    const sn_panels *panels = a->panels;
    const size_t lanes = a->isa->lanes;
    sn_range range = sn_share(sn_panel_count(a->isa, panels), team->index, team->count);
    for (size_t p = range.begin; p < range.end; p++) {
        sn_panel panel = sn_panel_at(a->isa, panels, p);
        for (size_t v = 0; v < panel.vectors; v++) {
            size_t gate = panels->gates > 1 ? v : 0;
            size_t first = panel.column + (panels->gates > 1 ? 0 : v * lanes);
            size_t valid = panels->columns - first < lanes ? panels->columns - first : lanes;
            size_t row = a->source->gate_row[gate] * panels->columns + first;
            pack_vector(a->out + panel.offset + v * lanes, a->source->w + row * a->source->n_stride,
                        a->source, panels->inner, panel.vectors * lanes, valid, lanes);
        }
    }
}

void sn_panels_pack_from(const sn_context *context, float *out, const sn_panels *panels,
                         const sn_pack_source *source) {
    pack_arguments arguments = {context->isa, out, panels, source};
    size_t most = 1 + sn_panels_floats(context, panels) / SN_FLOATS_WORTH_A_THREAD;
    sn_parallel(context, most, pack_body, &arguments);
}

void sn_panels_pack(const sn_context *context, float *out, const sn_panels *panels, const float *w,
                    const size_t *gate_row, size_t n_stride, size_t k_stride) {
    sn_pack_source source = {w, gate_row, n_stride, k_stride, NULL, 0};
    sn_panels_pack_from(context, out, panels, &source);
}
