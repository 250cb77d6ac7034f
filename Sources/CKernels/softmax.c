#include <math.h>
#include <string.h>

#include "gemm.h"

// The logits of a block of rows lie word by word, [V, stride]: a row of the batch is a lane.
// Then W is read as it lies in all three products; only h, which is small, is packed. Words
// go in chunks whose logits stay in the cache from the product to their exponentials, and
// later from p to both gradients; each chunk has a greatest logit of its own, and the chunks
// are joined when all of them are known.
enum {
    SN_CHUNK_WORDS = 120,  // a multiple of the rows of every tile: 8, 6, 4, 3
    // The gradient of h is a sum over runs of chunks, so that threads may own words. Fixed,
    // so that their number does not change the sum.
    SN_MOST_SHARDS = 16,
    // Logits of a block: some 48 MB, so that W and its gradient, which are read once a block,
    // do not outweigh the products.
    SN_BLOCK_LOGITS = 12 << 20,
    SN_BLOCK_MOST_ROWS = 1024,
    SN_BLOCK_LEAST_ROWS = 16,
    // Rows of a block between two visits to the gradient of W: what a tile reads of h stays
    // in L1 or near it.
    SN_ROWS_A_VISIT = 192,
};

static size_t round_up(size_t floats) { return (floats + 15) / 16 * 16; }

// How a block is cut and where its parts lie in the workspace.
typedef struct loss_layout {
    size_t rows;            // rows of a block, the last one may have fewer
    size_t stride;          // floats between words
    size_t chunks, shards;
    sn_panels h_columns;    // h as W·hᵀ reads it: k runs over the hidden size
    sn_panels h_rows;       // h as pᵀ·h reads it: k runs over the rows
    // Offsets in floats. Without gradients each thread holds the logits of one chunk.
    size_t columns, packed_rows, logits, greatest, sums, wanted, joined_greatest, joined_sums, dh;
    size_t chunk_w, chunk_w_floats;  // of each thread: a chunk's words of W, packed
    size_t floats;
} loss_layout;

static size_t block_rows(size_t rows, size_t vocabulary, bool gradients) {
    size_t block = gradients ? SN_BLOCK_LOGITS / vocabulary : SN_BLOCK_MOST_ROWS;
    if (block > SN_BLOCK_MOST_ROWS) block = SN_BLOCK_MOST_ROWS;
    if (block < SN_BLOCK_LEAST_ROWS) block = SN_BLOCK_LEAST_ROWS;
    // As many blocks, of nearly equal height.
    size_t blocks = (rows + block - 1) / block;
    return blocks > 0 ? (rows + blocks - 1) / blocks : 0;
}

static size_t take(loss_layout *layout, size_t floats) {
    size_t offset = layout->floats;
    layout->floats += round_up(floats);
    return offset;
}

static loss_layout layout_of(const sn_context *context, size_t rows, size_t H, size_t V,
                             bool gradients) {
    loss_layout l = {.rows = block_rows(rows, V, gradients)};
    // Not a multiple of 512 bytes: words one below another then lie in different sets.
    l.stride = round_up(l.rows);
    if (l.stride % 128 == 0) l.stride += 16;
    l.chunks = (V + SN_CHUNK_WORDS - 1) / SN_CHUNK_WORDS;
    l.shards = l.chunks < SN_MOST_SHARDS ? l.chunks : SN_MOST_SHARDS;
    l.h_columns = (sn_panels){.inner = H, .columns = l.rows, .gates = 1, .vectors = SN_MAX_VECTORS};
    l.h_rows = (sn_panels){.inner = l.rows, .columns = H, .gates = 1, .vectors = SN_MAX_VECTORS};
    l.columns = take(&l, sn_panels_floats(context, &l.h_columns));
    l.logits = take(&l, (gradients ? V : context->threads * SN_CHUNK_WORDS) * l.stride);
    l.greatest = take(&l, l.chunks * l.stride);
    l.sums = take(&l, l.chunks * l.stride);
    l.wanted = take(&l, l.stride);
    l.joined_greatest = take(&l, l.stride);
    l.joined_sums = take(&l, l.stride);
    if (!gradients) return l;
    l.packed_rows = take(&l, sn_panels_floats(context, &l.h_rows));
    l.chunk_w_floats = SN_CHUNK_WORDS * round_up(H);
    l.chunk_w = take(&l, context->threads * l.chunk_w_floats);
    l.dh = take(&l, l.shards > 1 ? l.shards * l.rows * H : 0);
    return l;
}

size_t sn_softmax_floats(const sn_context *context, size_t rows, size_t hidden_size,
                         size_t vocabulary, bool gradients) {
    return layout_of(context, rows, hidden_size, vocabulary, gradients).floats;
}

typedef struct loss_arguments {
    const sn_context *context;
    float *losses, *dh, *dw, *db;
    const float *h, *w, *b;
    const int32_t *targets;
    float scale;
    float *workspace;
    size_t rows, hidden, vocabulary;
    loss_layout layout;
} loss_arguments;

// A block of rows, and what one thread does of it: a run of shards for a run of rows.
typedef struct loss_part {
    const loss_arguments *l;
    size_t first, rows;
    float *logits;         // of word 0, or of one chunk
    float *w;              // W of one chunk, packed
    sn_range shards;
    sn_range panels;       // of h_columns
    sn_range columns;      // rows of the block that they hold, borders on vectors
    bool owns_all_columns;
} loss_part;

static sn_range words_of(const loss_arguments *l, size_t chunk) {
    size_t begin = chunk * SN_CHUNK_WORDS, end = begin + SN_CHUNK_WORDS;
    return (sn_range){begin, end < l->vocabulary ? end : l->vocabulary};
}

static sn_range chunks_of(const loss_part *part, size_t shard) {
    return sn_share(part->l->layout.chunks, shard, part->l->layout.shards);
}

static loss_part part_of(const sn_team *team, const loss_arguments *l, sn_panels *h_columns,
                         size_t first, size_t rows) {
    const sn_isa *isa = l->context->isa;
    const loss_layout *layout = &l->layout;
    loss_part part = {.l = l, .first = first, .rows = rows};
    part.logits = l->workspace + layout->logits;
    // A grid of threads: as many runs of words as pay, the rows divided within each.
    size_t across = l->layout.shards < team->count ? l->layout.shards : team->count;
    size_t down = team->count / across;
    if (!l->dh) part.logits += team->index * SN_CHUNK_WORDS * l->layout.stride;
    part.w = l->workspace + layout->chunk_w + team->index * layout->chunk_w_floats;
    part.owns_all_columns = down == 1;
    if (team->index >= across * down) return part;
    part.shards = sn_share(l->layout.shards, team->index / down, across);
    part.panels = sn_share(sn_panel_count(isa, h_columns), team->index % down, down);
    if (part.panels.begin == part.panels.end) return part;
    sn_panel last = sn_panel_at(isa, h_columns, part.panels.end - 1);
    part.columns = (sn_range){sn_panel_at(isa, h_columns, part.panels.begin).column,
                              last.column + last.vectors * isa->lanes};
    return part;
}

// logits = b + W·hᵀ for the words of a chunk and the rows of a panel.
static void chunk_logits(const loss_part *part, float *logits, const sn_panels *h_columns,
                         sn_panel panel, sn_range words) {
    const loss_arguments *l = part->l;
    const sn_isa *isa = l->context->isa;
    const size_t H = l->hidden, lanes = isa->lanes;
    const size_t count = words.end - words.begin;
    const size_t tiles = sn_tile_count(count, isa->tile_rows[panel.vectors]);
    for (size_t t = 0; t < tiles; t++) {
        sn_range range = sn_share(count, t, tiles);
        size_t height = range.end - range.begin, word = words.begin + range.begin;
        _Alignas(64) float bias[SN_MAX_ROWS * 16];
        const float *rows[SN_MAX_ROWS];
        for (size_t r = 0; r < height; r++) {
            rows[r] = l->w + (word + r) * H;
            for (size_t lane = 0; lane < lanes && l->b; lane++)
                bias[r * 16 + lane] = l->b[word + r];
        }
        sn_tile tile = {.c = logits + range.begin * l->layout.stride + panel.column,
                        .c_row = l->layout.stride,
                        .c_vector = lanes,
                        .init = l->b ? bias : NULL,
                        .init_row = 16,
                        .init_vector = 0,
                        .ahead = logits + range.begin * l->layout.stride + panel.column,
                        .inner = H,
                        .b_step = panel.vectors * lanes,
                        .lanes = lanes,
                        .last_lanes = lanes};
        isa->tile_by_rows[panel.vectors][height](&tile, rows, h_columns->data + panel.offset);
    }
}

// Exponentials of the part's logits, chunk by chunk, with each chunk's greatest and sums.
static void exponentials(const loss_part *part, const sn_panels *h_columns) {
    const loss_arguments *l = part->l;
    const sn_isa *isa = l->context->isa;
    const size_t stride = l->layout.stride;
    float *greatest = l->workspace + l->layout.greatest, *sums = l->workspace + l->layout.sums;
    float *wanted = l->workspace + l->layout.wanted;
    size_t end = chunks_of(part, part->shards.end).begin;
    for (size_t chunk = chunks_of(part, part->shards.begin).begin; chunk < end; chunk++) {
        sn_range words = words_of(l, chunk);
        float *logits = part->logits + (l->dh ? words.begin * stride : 0);
        for (size_t p = part->panels.begin; p < part->panels.end; p++) {
            sn_panel panel = sn_panel_at(isa, h_columns, p);
            chunk_logits(part, logits, h_columns, panel, words);
            for (size_t r = panel.column; r < panel.column + panel.columns; r++) {
                size_t target = (size_t)l->targets[part->first + r];
                if (target >= words.begin && target < words.end)
                    wanted[r] = logits[(target - words.begin) * stride + r];
            }
            size_t at = chunk * stride + panel.column;
            isa->exp_columns(logits + panel.column, stride, greatest + at, sums + at,
                             words.end - words.begin, panel.vectors * isa->lanes);
        }
    }
}

// The losses of some rows of the block, and what turns their exponentials into scale·p.
static void join(const loss_part *part, sn_range rows) {
    const loss_arguments *l = part->l;
    const loss_layout *layout = &l->layout;
    float *memory = l->workspace, *greatest = memory + layout->joined_greatest;
    float *sums = memory + layout->joined_sums, *wanted = memory + layout->wanted;
    l->context->isa->join_chunks(
        memory + layout->greatest + rows.begin, memory + layout->sums + rows.begin, layout->stride,
        greatest + rows.begin, sums + rows.begin, l->scale, layout->chunks,
        round_up(rows.end - rows.begin));
    for (size_t r = rows.begin; r < rows.end; r++)
        l->losses[part->first + r] = logf(sums[r]) + (greatest[r] - wanted[r]);
}

// p -= scale where a row's target is among the words.
static void subtract_targets(const loss_part *part, float *p, sn_range words) {
    const loss_arguments *l = part->l;
    size_t end = part->columns.end < part->rows ? part->columns.end : part->rows;
    for (size_t r = part->columns.begin; r < end; r++) {
        size_t target = (size_t)l->targets[part->first + r];
        if (target >= words.begin && target < words.end)
            p[(target - words.begin) * l->layout.stride + r] -= l->scale;
    }
}

// dw += pᵀ·h for some words and some panels of h.
static void weight_gradient(const loss_part *part, const sn_panels *h_rows, sn_range panels,
                            sn_range words) {
    const loss_arguments *l = part->l;
    const sn_isa *isa = l->context->isa;
    const size_t H = l->hidden, stride = l->layout.stride, lanes = isa->lanes;
    const size_t count = words.end - words.begin;
    const float *p = part->logits + words.begin * stride;
    for (size_t k = 0; k < part->rows; k += SN_ROWS_A_VISIT) {
        size_t inner = part->rows - k < SN_ROWS_A_VISIT ? part->rows - k : SN_ROWS_A_VISIT;
        for (size_t i = panels.begin; i < panels.end; i++) {
            sn_panel panel = sn_panel_at(isa, h_rows, i);
            size_t tiles = sn_tile_count(count, isa->tile_rows[panel.vectors]);
            for (size_t t = 0; t < tiles; t++) {
                sn_range range = sn_share(count, t, tiles);
                size_t height = range.end - range.begin;
                const float *rows[SN_MAX_ROWS];
                for (size_t r = 0; r < height; r++) rows[r] = p + (range.begin + r) * stride + k;
                float *to = l->dw + (words.begin + range.begin) * H + panel.column;
                sn_tile tile = {.c = to,
                                .c_row = H,
                                .c_vector = lanes,
                                .init = to,
                                .init_row = H,
                                .init_vector = lanes,
                                .ahead = to + height * H,
                                .inner = inner,
                                .b_step = panel.vectors * lanes,
                                .lanes = lanes,
                                .last_lanes = panel.columns - (panel.vectors - 1) * lanes};
                const float *b = h_rows->data + panel.offset + k * panel.vectors * lanes;
                isa->tile_by_rows[panel.vectors][height](&tile, rows, b);
            }
        }
    }
}

// db += the sums of p, for some words.
static void bias_gradient(const loss_part *part, sn_range words) {
    const loss_arguments *l = part->l;
    const float *p = part->logits;
    for (size_t w = words.begin; w < words.end && l->db; w++)
        l->db[w] += l->context->isa->sum(p + w * l->layout.stride, part->rows);
}

// The rows' gradient: += p·W for a chunk of words, in the shard's own sum.
static void row_gradient(const loss_part *part, const float *p, const sn_panels *w, float *dh,
                         bool begins) {
    const loss_arguments *l = part->l;
    const sn_isa *isa = l->context->isa;
    const size_t H = l->hidden, stride = l->layout.stride, lanes = isa->lanes;
    const size_t end = part->columns.end < part->rows ? part->columns.end : part->rows;
    const size_t count = end - part->columns.begin;
    for (size_t i = 0; i < sn_panel_count(isa, w); i++) {
        sn_panel panel = sn_panel_at(isa, w, i);
        size_t tiles = sn_tile_count(count, isa->tile_rows[panel.vectors]);
        for (size_t t = 0; t < tiles; t++) {
            sn_range range = sn_share(count, t, tiles);
            size_t height = range.end - range.begin;
            const float *column = p + part->columns.begin + range.begin;
            float *to = dh + (part->columns.begin + range.begin) * H + panel.column;
            sn_tile tile = {.c = to,
                            .c_row = H,
                            .c_vector = lanes,
                            .init = begins ? NULL : to,
                            .init_row = H,
                            .init_vector = lanes,
                            .ahead = begins ? to : to + height * H,
                            .inner = w->inner,
                            .a_step = stride,
                            .b_step = panel.vectors * lanes,
                            .lanes = lanes,
                            .last_lanes = panel.columns - (panel.vectors - 1) * lanes};
            isa->tile_by_columns[panel.vectors][height](&tile, &column, w->data + panel.offset);
        }
    }
}

// Turns the part's exponentials into scale·(p - onehot) and takes the gradients from it; that
// of W only where the part holds all rows of the block.
static void gradients(const loss_part *part, const sn_panels *h_rows) {
    const loss_arguments *l = part->l;
    const sn_isa *isa = l->context->isa;
    const loss_layout *layout = &l->layout;
    const size_t H = l->hidden, columns = part->columns.end - part->columns.begin;
    const sn_rows w = {l->w, H, NULL};
    for (size_t shard = part->shards.begin; shard < part->shards.end; shard++) {
        sn_range chunks = chunks_of(part, shard);
        float *dh = layout->shards > 1 ? l->workspace + layout->dh + shard * layout->rows * H
                                       : l->dh + part->first * H;
        for (size_t chunk = chunks.begin; chunk < chunks.end; chunk++) {
            sn_range words = words_of(l, chunk);
            const size_t count = words.end - words.begin;
            float *p = part->logits + words.begin * layout->stride;
            const float *factors = l->workspace + layout->greatest + chunk * layout->stride;
            isa->scale_columns(p + part->columns.begin, layout->stride,
                               factors + part->columns.begin, count, columns);
            subtract_targets(part, p, words);
            if (part->owns_all_columns) {
                weight_gradient(part, h_rows, (sn_range){0, sn_panel_count(isa, h_rows)}, words);
                bias_gradient(part, words);
            }
            sn_panels panels = {part->w, count, H, 1, SN_MAX_VECTORS};
            sn_panels_pack_rows(isa, part->w, &panels, &w, words.begin,
                                (sn_range){0, sn_panel_count(isa, &panels)});
            row_gradient(part, p, &panels, dh, layout->shards > 1 && chunk == chunks.begin);
        }
    }
}

// dh += the sums of the shards, for some rows of the block.
static void add_shards(const loss_part *part, sn_range rows) {
    const loss_arguments *l = part->l;
    const size_t H = l->hidden, begin = rows.begin * H, count = (rows.end - rows.begin) * H;
    const float *shards = l->workspace + l->layout.dh;
    for (size_t shard = 0; shard < l->layout.shards; shard++)
        l->context->isa->add(l->dh + part->first * H + begin,
                             shards + shard * l->layout.rows * H + begin, count);
}

static void loss_of_block(const sn_team *team, const loss_arguments *l, size_t first, size_t rows) {
    const sn_isa *isa = l->context->isa;
    const size_t H = l->hidden;
    const sn_rows h = {l->h + first * H, H, NULL};
    sn_panels h_columns = l->layout.h_columns, h_rows = l->layout.h_rows;
    h_columns.columns = h_rows.inner = rows;
    float *columns = l->workspace + l->layout.columns;
    float *packed_rows = l->workspace + l->layout.packed_rows;
    h_columns.data = columns;
    h_rows.data = packed_rows;
    sn_panels_pack_columns(isa, columns, &h_columns, h.base, H,
                           sn_share(sn_panel_count(isa, &h_columns), team->index, team->count));
    if (l->dh)
        sn_panels_pack_rows(isa, packed_rows, &h_rows, &h, 0,
                            sn_share(sn_panel_count(isa, &h_rows), team->index, team->count));
    sn_barrier_wait(team);
    loss_part part = part_of(team, l, &h_columns, first, rows);
    exponentials(&part, &h_columns);
    sn_barrier_wait(team);
    sn_range share = sn_share_grain(rows, 16, team->index, team->count);
    join(&part, share);
    sn_barrier_wait(team);
    if (!l->dh) return;
    gradients(&part, &h_rows);
    sn_barrier_wait(team);
    if (l->layout.shards > 1) add_shards(&part, share);
    if (!part.owns_all_columns) {
        // Each thread takes the panels of h that it packed: they are in its own cache.
        sn_range panels = sn_share(sn_panel_count(isa, &h_rows), team->index, team->count);
        weight_gradient(&part, &h_rows, panels, (sn_range){0, l->vocabulary});
        bias_gradient(&part, sn_share_grain(l->vocabulary, 16, team->index, team->count));
    }
    sn_barrier_wait(team);
}

static void loss_body(const sn_team *team, void *arguments) {
    const loss_arguments *l = arguments;
    size_t block = l->layout.rows;
    for (size_t first = 0; first < l->rows; first += block)
        loss_of_block(team, l, first, l->rows - first < block ? l->rows - first : block);
}

void sn_softmax_loss(const sn_context *context, float *losses, float *dh, float *dw, float *db,
                     const float *h, const float *w, const float *b, const int32_t *targets,
                     float scale, float *workspace, size_t rows, size_t hidden_size,
                     size_t vocabulary) {
    loss_arguments arguments = {
        context, losses,    dh,   dw,          db,         h, w, b, targets, scale,
        workspace, rows, hidden_size, vocabulary,
        layout_of(context, rows, hidden_size, vocabulary, dh != NULL)};
    sn_parallel(context, 1 + rows * hidden_size * vocabulary / (1 << 18), loss_body, &arguments);
}
