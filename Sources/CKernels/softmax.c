#include <math.h>

#include "gemm.h"
#include "grid.h"

// The logits of a block of rows lie word by word, [V, stride]: a row of the batch is a lane.
// Then no product needs all of W packed: for the logits its rows are read as they lie, for the
// gradient of h a chunk of words is packed at a time. Chunks of words keep their logits in the
// cache from the product to their exponentials, and later from p to both gradients; each has a
// greatest logit of its own, and they are joined when all of them are known.
enum {
    SN_CHUNK_WORDS = 120,  // a multiple of the rows of every tile: 8, 6
    // The gradient of h is a sum over runs of chunks, so that threads may own words. Fixed,
    // so that their number does not change the sum.
    SN_MOST_SHARDS = 16,
    // Floats of a block, logits and shards: some 54 MB, so that W and its gradient, which are
    // read once a block, do not outweigh the products.
    SN_BLOCK_FLOATS = 13 << 20,
    SN_BLOCK_MOST_ROWS = 1024,
    SN_BLOCK_LEAST_ROWS = 16,
    // Words that a thread takes at least of the gradient of W where others take the rest; a
    // multiple of every tile's rows.
    SN_WORDS_A_THREAD = 24,
};

// How a block is cut and where its parts lie in the workspace.
typedef struct loss_layout {
    size_t rows;            // rows of a block, the last one may have fewer
    size_t stride;          // floats between words
    size_t chunks, shards;
    sn_panels h_columns;    // h as W·hᵀ reads it: k runs over the hidden size
    sn_panels h_rows;       // h as pᵀ·h reads it: k runs over the rows
    // Offsets in floats. Without gradients each thread holds the logits of one chunk.
    size_t columns, packed_rows, logits, greatest, sums, wanted, joined_greatest, joined_sums, dh;
    size_t scales;  // of each row: its weight times the scale of all
    size_t chunk_w, chunk_w_floats;  // of each thread: a chunk's words of W, packed
    size_t floats;
} loss_layout;

// Rows of a block: as many blocks as they must be, of nearly equal height, in whole vectors.
static size_t block_rows(size_t rows, size_t floats_a_row) {
    size_t block = floats_a_row ? SN_BLOCK_FLOATS / floats_a_row : SN_BLOCK_MOST_ROWS;
    if (block > SN_BLOCK_MOST_ROWS) block = SN_BLOCK_MOST_ROWS;
    if (block < SN_BLOCK_LEAST_ROWS) block = SN_BLOCK_LEAST_ROWS;
    size_t blocks = (rows + block - 1) / block;
    size_t even = blocks > 0 ? (rows + blocks - 1) / blocks : 0;
    return blocks > 1 ? sn_whole_lines(even) : even;
}

static size_t take(loss_layout *layout, size_t floats) {
    size_t offset = layout->floats;
    layout->floats += sn_whole_lines(floats);
    return offset;
}

static loss_layout layout_of(const sn_context *context, size_t rows, size_t H, size_t V,
                             bool gradients) {
    loss_layout l = {.chunks = (V + SN_CHUNK_WORDS - 1) / SN_CHUNK_WORDS};
    l.shards = l.chunks < SN_MOST_SHARDS ? l.chunks : SN_MOST_SHARDS;
    l.rows = block_rows(rows, gradients ? V + (l.shards > 1 ? l.shards * H : 0) : 0);
    // Not a multiple of 512 bytes: words one below another then lie in different sets.
    l.stride = sn_whole_lines(l.rows);
    if (l.stride % 128 == 0) l.stride += 16;
    l.h_columns = sn_panels_widest(context->isa, NULL, H, l.rows);
    l.h_rows = sn_panels_widest(context->isa, NULL, l.rows, H);
    l.columns = take(&l, sn_panels_floats(context, &l.h_columns));
    l.logits = take(&l, (gradients ? V : context->threads * SN_CHUNK_WORDS) * l.stride);
    l.greatest = take(&l, l.chunks * l.stride);
    l.sums = take(&l, l.chunks * l.stride);
    l.wanted = take(&l, l.stride);
    l.joined_greatest = take(&l, l.stride);
    l.joined_sums = take(&l, l.stride);
    l.scales = take(&l, l.stride);
    if (!gradients) return l;
    l.packed_rows = take(&l, sn_panels_floats(context, &l.h_rows));
    l.chunk_w_floats = SN_CHUNK_WORDS * sn_whole_lines(H);
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
    const float *weights;
    float scale;
    bool dw_is_empty;
    float *workspace;
    size_t rows, hidden, vocabulary;
    loss_layout layout;
} loss_arguments;

// A block of rows, as one thread sees it.
typedef struct loss_block {
    const loss_arguments *l;
    size_t first, rows;
    sn_panels h_columns, h_rows;
    float *logits;  // of word 0; without gradients of the thread's chunk
    float *w;       // W of one chunk, packed, with gradients
} loss_block;

static loss_block block_of(const sn_team *team, const loss_arguments *l, size_t first,
                           size_t rows) {
    const loss_layout *layout = &l->layout;
    const sn_isa *isa = l->context->isa;
    float *memory = l->workspace, *logits = memory + layout->logits;
    if (!l->dh) logits += team->index * SN_CHUNK_WORDS * layout->stride;
    return (loss_block){
        .l = l,
        .first = first,
        .rows = rows,
        .h_columns = sn_panels_widest(isa, memory + layout->columns, l->hidden, rows),
        .h_rows = sn_panels_widest(isa, memory + layout->packed_rows, rows, l->hidden),
        .logits = logits,
        .w = memory + layout->chunk_w + team->index * layout->chunk_w_floats,
    };
}

// Packs the thread's share of h.
static void pack_block(const sn_team *team, const loss_block *block) {
    const loss_arguments *l = block->l;
    const sn_isa *isa = l->context->isa;
    const size_t gate_row = 0;
    const sn_rows h = {l->h + block->first * l->hidden, l->hidden, NULL};
    const sn_pack_source transposed = {h.base, &gate_row, l->hidden, 1, NULL, 0};
    sn_panels_pack_part(isa, l->workspace + l->layout.columns, &block->h_columns, &transposed,
                        sn_share(sn_panel_count(isa, &block->h_columns), team->index, team->count));
    if (!l->dh) return;
    sn_panels_pack_rows(isa, l->workspace + l->layout.packed_rows, &block->h_rows, &h, 0,
                        sn_all_ks(&block->h_rows),
                        sn_share(sn_panel_count(isa, &block->h_rows), team->index, team->count));
}

static sn_range words_of(const loss_arguments *l, size_t chunk) {
    size_t begin = chunk * SN_CHUNK_WORDS, end = begin + SN_CHUNK_WORDS;
    return (sn_range){begin, end < l->vocabulary ? end : l->vocabulary};
}

// The rows of the block that a run of panels holds, the last one's padding left out.
static sn_range rows_of(const loss_block *block, sn_range panels) {
    return sn_panel_units(block->l->context->isa, &block->h_columns, panels);
}

// logits = b + W·hᵀ for the words of a chunk and the rows of a panel.
static void chunk_logits(const loss_block *block, float *logits, sn_panel panel, sn_range words) {
    const loss_arguments *l = block->l;
    const sn_isa *isa = l->context->isa;
    const size_t H = l->hidden, lanes = isa->lanes, count = words.end - words.begin;
    const size_t tiles = sn_tile_count(count, isa->tile_rows[SN_F32][panel.vectors]);
    for (size_t t = 0; t < tiles; t++) {
        sn_range range = sn_share(count, t, tiles);
        size_t height = range.end - range.begin, word = words.begin + range.begin;
        _Alignas(64) float bias[SN_MAX_ROWS * 16];
        const float *rows[SN_MAX_ROWS];
        for (size_t r = 0; r < height; r++) {
            rows[r] = l->w + (word + r) * H;
            if (!l->b) continue;
            for (size_t lane = 0; lane < lanes; lane++) bias[r * 16 + lane] = l->b[word + r];
        }
        float *to = logits + range.begin * l->layout.stride + panel.column;
        sn_tile tile = {.c = to,
                        .c_row = l->layout.stride,
                        .c_vector = lanes,
                        .init = l->b ? bias : NULL,
                        .init_row = 16,
                        .init_vector = 0,
                        .ahead = to,
                        .inner = H,
                        .lanes = lanes,
                        .last_lanes = lanes};
        isa->tile_by_rows[SN_F32][1][panel.vectors][height](
            &tile, rows, sn_panels_from(&block->h_columns, panel.offset));
    }
}

// Notes the logits of the targets among the words, for the rows of a panel.
static void note_wanted(const loss_block *block, const float *logits, sn_panel panel,
                        sn_range words) {
    const loss_arguments *l = block->l;
    float *wanted = l->workspace + l->layout.wanted;
    for (size_t r = panel.column; r < panel.column + panel.columns; r++) {
        size_t target = (size_t)l->targets[block->first + r];
        if (target >= words.begin && target < words.end)
            wanted[r] = logits[(target - words.begin) * l->layout.stride + r];
    }
}

// The exponentials of the logits of some chunks and panels, with each chunk's greatest and sums.
static void exponentials(const loss_block *block, sn_range chunks, sn_range panels) {
    const loss_arguments *l = block->l;
    const sn_isa *isa = l->context->isa;
    const size_t stride = l->layout.stride;
    float *greatest = l->workspace + l->layout.greatest, *sums = l->workspace + l->layout.sums;
    for (size_t chunk = chunks.begin; chunk < chunks.end; chunk++) {
        sn_range words = words_of(l, chunk);
        float *logits = block->logits + (l->dh ? words.begin * stride : 0);
        for (size_t p = panels.begin; p < panels.end; p++) {
            sn_panel panel = sn_panel_at(isa, &block->h_columns, p);
            chunk_logits(block, logits, panel, words);
            note_wanted(block, logits, panel, words);
            size_t at = chunk * stride + panel.column;
            isa->exp_columns(logits + panel.column, stride, greatest + at, sums + at,
                             words.end - words.begin, panel.vectors * isa->lanes);
        }
    }
}

// The losses of some rows of the block, and what turns their exponentials into scale·weight·p.
static void join(const loss_block *block, sn_range rows) {
    const loss_arguments *l = block->l;
    const loss_layout *layout = &l->layout;
    const size_t lanes = l->context->isa->lanes;
    float *memory = l->workspace, *greatest = memory + layout->joined_greatest;
    float *sums = memory + layout->joined_sums, *wanted = memory + layout->wanted;
    float *scales = memory + layout->scales;
    const float *weights = l->weights ? l->weights + block->first : NULL;
    const size_t columns = (rows.end - rows.begin + lanes - 1) / lanes * lanes;
    for (size_t r = rows.begin; r < rows.begin + columns; r++)
        scales[r] = weights && r < rows.end ? l->scale * weights[r] : l->scale;
    l->context->isa->join_chunks(
        memory + layout->greatest + rows.begin, memory + layout->sums + rows.begin, layout->stride,
        greatest + rows.begin, sums + rows.begin, scales + rows.begin, layout->chunks, columns);
    for (size_t r = rows.begin; r < rows.end; r++) {
        const float loss = logf(sums[r]) + (greatest[r] - wanted[r]);
        l->losses[block->first + r] = weights ? weights[r] * loss : loss;
    }
}

// Exponentials of a chunk to scale·weight·(p - onehot), for some rows.
static void finish_p(const loss_block *block, size_t chunk, sn_range rows) {
    const loss_arguments *l = block->l;
    const size_t stride = l->layout.stride, lanes = l->context->isa->lanes;
    const float *factors = l->workspace + l->layout.greatest + chunk * stride;
    const float *scales = l->workspace + l->layout.scales;
    sn_range words = words_of(l, chunk);
    float *p = block->logits + words.begin * stride;
    l->context->isa->scale_columns(p + rows.begin, stride, factors + rows.begin,
                                   words.end - words.begin,
                                   (rows.end - rows.begin + lanes - 1) / lanes * lanes);
    for (size_t r = rows.begin; r < rows.end; r++) {
        size_t target = (size_t)l->targets[block->first + r];
        if (target >= words.begin && target < words.end)
            p[(target - words.begin) * stride + r] -= scales[r];
    }
}

// dw = or += pᵀ·h for some words and panels of h, whose p is finished for all rows.
static void weight_gradient(const loss_block *block, sn_range words, sn_range panels) {
    const loss_arguments *l = block->l;
    const sn_rows p = {block->logits + words.begin * l->layout.stride, l->layout.stride, NULL};
    sn_part part = {{0, words.end - words.begin}, panels};
    sn_gemm_packed_part(l->context->isa, l->dw + words.begin * l->hidden, l->hidden, &p,
                        &block->h_rows, NULL, block->first > 0 || !l->dw_is_empty, part);
}

// db += the sums of p, for some words.
static void bias_gradient(const loss_block *block, sn_range words) {
    const loss_arguments *l = block->l;
    if (!l->db) return;
    for (size_t w = words.begin; w < words.end; w++)
        l->db[w] += l->context->isa->sum(block->logits + w * l->layout.stride, block->rows);
}

// The gradients that a shard gives for some rows: of h, and of W where they are all rows.
static void shard_gradients(const loss_block *block, size_t shard, sn_range rows) {
    const loss_arguments *l = block->l;
    const sn_isa *isa = l->context->isa;
    const loss_layout *layout = &l->layout;
    const size_t H = l->hidden;
    const bool is_whole = rows.end - rows.begin == block->rows, has_own_sum = layout->shards > 1;
    const sn_range chunks = sn_share(layout->chunks, shard, layout->shards);
    const sn_rows w = {l->w, H, NULL};
    float *dh = has_own_sum ? l->workspace + layout->dh + shard * layout->rows * H
                            : l->dh + block->first * H;
    for (size_t chunk = chunks.begin; chunk < chunks.end; chunk++) {
        const sn_range words = words_of(l, chunk);
        finish_p(block, chunk, rows);
        if (is_whole) {
            weight_gradient(block, words, sn_all_panels(isa, &block->h_rows));
            bias_gradient(block, words);
        }
        const sn_panels packed = sn_panels_widest(isa, block->w, words.end - words.begin, H);
        sn_panels_pack_rows(isa, block->w, &packed, &w, words.begin, sn_all_ks(&packed),
                            sn_all_panels(isa, &packed));
        sn_gemm_tn_part(isa, dh, H, block->logits + words.begin * layout->stride, layout->stride,
                        &packed, !has_own_sum || chunk > chunks.begin, rows);
    }
}

// dh += the sums of the shards, for some rows of the block.
static void add_shards(const loss_block *block, sn_range rows) {
    const loss_arguments *l = block->l;
    const size_t H = l->hidden, begin = rows.begin * H, count = (rows.end - rows.begin) * H;
    const float *shards = l->workspace + l->layout.dh;
    for (size_t shard = 0; shard < l->layout.shards; shard++)
        l->context->isa->add(l->dh + block->first * H + begin,
                             shards + shard * l->layout.rows * H + begin, count);
}

static void block_gradients(const sn_team *team, const loss_block *block) {
    const loss_arguments *l = block->l;
    const sn_isa *isa = l->context->isa;
    const size_t V = l->vocabulary, panels = sn_panel_count(isa, &block->h_columns);
    const sn_grid shards = sn_grid_of(team, l->layout.shards, panels);
    const sn_range own = sn_grid_across(team, shards, l->layout.shards);
    const sn_range rows = rows_of(block, sn_grid_down(team, shards, panels));
    for (size_t shard = own.begin; shard < own.end; shard++) shard_gradients(block, shard, rows);
    sn_barrier_wait(team);
    if (l->layout.shards > 1)
        add_shards(block, sn_share_grain(block->rows, 16, team->index, team->count));
    if (shards.down > 1) {
        const size_t grains = (V + SN_WORDS_A_THREAD - 1) / SN_WORDS_A_THREAD;
        const size_t columns = sn_panel_count(isa, &block->h_rows);
        const sn_grid words = sn_grid_of(team, grains, columns);
        sn_range run = sn_grid_across(team, words, grains);
        size_t end = run.end * SN_WORDS_A_THREAD;
        sn_range part = {run.begin * SN_WORDS_A_THREAD, end < V ? end : V};
        weight_gradient(block, part, sn_grid_down(team, words, columns));
        bias_gradient(block, sn_share_grain(V, 16, team->index, team->count));
    }
    sn_barrier_wait(team);
}

static void loss_of_block(const sn_team *team, const loss_arguments *l, size_t first, size_t rows) {
    const loss_block block = block_of(team, l, first, rows);
    const size_t panels = sn_panel_count(l->context->isa, &block.h_columns);
    pack_block(team, &block);
    sn_barrier_wait(team);
    const sn_grid chunks = sn_grid_of(team, l->layout.chunks, panels);
    exponentials(&block, sn_grid_across(team, chunks, l->layout.chunks),
                 sn_grid_down(team, chunks, panels));
    sn_barrier_wait(team);
    join(&block, sn_share_grain(rows, 16, team->index, team->count));
    sn_barrier_wait(team);
    if (l->dh) block_gradients(team, &block);
}

static void loss_body(const sn_team *team, void *arguments) {
    const loss_arguments *l = arguments;
    size_t block = l->layout.rows;
    for (size_t first = 0; first < l->rows; first += block)
        loss_of_block(team, l, first, l->rows - first < block ? l->rows - first : block);
}

void sn_softmax_loss(const sn_context *context, float *losses, float *dh, float *dw, float *db,
                     const float *h, const float *w, const float *b, const int32_t *targets,
                     const float *weights, float scale, bool dw_is_empty, float *workspace,
                     size_t rows, size_t hidden_size, size_t vocabulary) {
    loss_arguments arguments = {
        .context = context,
        .losses = losses,
        .dh = dh,
        .dw = dw,
        .db = db,
        .h = h,
        .w = w,
        .b = b,
        .targets = targets,
        .weights = weights,
        .scale = scale,
        .dw_is_empty = dw_is_empty,
        .workspace = workspace,
        .rows = rows,
        .hidden = hidden_size,
        .vocabulary = vocabulary,
        .layout = layout_of(context, rows, hidden_size, vocabulary, dh != NULL),
    };
    size_t work = rows * hidden_size * vocabulary;
    sn_parallel(context, 1 + work / SN_WORTH_A_THREAD, loss_body, &arguments);
}
