#include "gemm.h"

#include <math.h>
#include <string.h>

// Logits of a block of rows. With gradients some 24 MB: large enough that reading and writing
// the vocabulary's weights and gradients once a block does not outweigh the products, small
// enough for memory. Losses alone read only the weights, and a third is enough.
enum {
    SN_BLOCK_LOGITS = 6 << 20,
    SN_BLOCK_LOGITS_LOSSES = 2 << 20,
    SN_BLOCK_MOST_ROWS = 1024,
    SN_BLOCK_LEAST_ROWS = 16,
};

static size_t block_rows(size_t rows, size_t vocabulary, bool gradients) {
    size_t block = (gradients ? SN_BLOCK_LOGITS : SN_BLOCK_LOGITS_LOSSES) / vocabulary;
    if (block > SN_BLOCK_MOST_ROWS) block = SN_BLOCK_MOST_ROWS;
    if (block < SN_BLOCK_LEAST_ROWS) block = SN_BLOCK_LEAST_ROWS;
    // As many blocks, of nearly equal height.
    size_t blocks = (rows + block - 1) / block;
    return blocks > 0 ? (rows + blocks - 1) / blocks : 0;
}

static size_t round_up(size_t floats) { return (floats + 15) / 16 * 16; }

size_t sn_softmax_floats(const sn_context *context, size_t rows, size_t hidden_size,
                         size_t vocabulary, bool gradients) {
    size_t logits = round_up(block_rows(rows, vocabulary, gradients) * vocabulary);
    if (!gradients) return logits;
    return logits + context->threads * round_up(sn_gemm_tn_thread_floats(context->isa, hidden_size));
}

typedef struct loss_arguments {
    const sn_context *context;
    float *losses, *dh, *dw, *db;
    const float *h, *w, *b;
    const sn_panels *panels;
    const int32_t *targets;
    float scale;
    float *logits, *products;
    size_t rows, hidden, vocabulary;
} loss_arguments;

// One row: its loss, and in place of the logits scale·(p - onehot) when gradients are asked for.
// A NaN among the logits makes the sum NaN, and so the loss and the gradients.
static float loss_of_row(const loss_arguments *l, float *logits, int32_t target) {
    const sn_isa *isa = l->context->isa;
    const size_t V = l->vocabulary;
    float greatest = isa->max(logits, V), wanted = logits[target];
    float sum = isa->exp_sum(logits, logits, greatest, V);
    if (l->dh) {
        isa->scale(logits, l->scale / sum, V);
        logits[target] -= l->scale;
    }
    return logf(sum) + (greatest - wanted);
}

static void loss_of_block(const sn_team *team, const loss_arguments *l, size_t first, size_t count) {
    const sn_isa *isa = l->context->isa;
    const size_t H = l->hidden, V = l->vocabulary;
    sn_rows h = {l->h + first * H, H, NULL}, p = {l->logits, V, NULL};
    sn_part part = sn_gemm_share(isa, l->panels, count, team->index, team->count);
    sn_gemm_packed_part(isa, l->logits, V, &h, l->panels, l->b, false, part);
    sn_barrier_wait(team);
    sn_range rows = sn_share(count, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++)
        l->losses[first + r] = loss_of_row(l, l->logits + r * V, l->targets[first + r]);
    if (l->dh) {
        sn_gemm_plain_part(isa, l->dh + first * H, H, &p, l->w, H, rows, H, V);
        sn_barrier_wait(team);
        sn_range words = sn_share_grain(V, 16, team->index, team->count);
        float *workspace = l->products + team->index * round_up(sn_gemm_tn_thread_floats(isa, H));
        sn_gemm_tn_part(isa, l->dw, H, &p, &h, workspace, words, H, count);
        if (l->db) sn_sum_rows_part(isa, l->db, &p, count, words);
    }
    sn_barrier_wait(team);
}

static void loss_body(const sn_team *team, void *arguments) {
    const loss_arguments *l = arguments;
    size_t block = block_rows(l->rows, l->vocabulary, l->dh != NULL);
    for (size_t first = 0; first < l->rows; first += block)
        loss_of_block(team, l, first, l->rows - first < block ? l->rows - first : block);
}

void sn_softmax_loss(const sn_context *context, float *losses, float *dh, float *dw, float *db,
                     const float *h, const float *w, const float *b, const sn_panels *panels,
                     const int32_t *targets, float scale, float *workspace, size_t rows,
                     size_t hidden_size, size_t vocabulary) {
    float *products = workspace + round_up(block_rows(rows, vocabulary, dh != NULL) * vocabulary);
    loss_arguments arguments = {context, losses, dh,    dw,        db,       h,
                                w,       b,      panels, targets,  scale,    workspace,
                                products, rows,  hidden_size, vocabulary};
    sn_parallel(context, 1 + rows * hidden_size * vocabulary / (1 << 18), loss_body, &arguments);
}

typedef struct log_softmax_arguments {
    const sn_isa *isa;
    float *y;
    const float *x;
    size_t rows, n;
} log_softmax_arguments;

static void log_softmax_body(const sn_team *team, void *arguments) {
    const log_softmax_arguments *l = arguments;
    const size_t n = l->n;
    sn_range rows = sn_share(l->rows, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++) {
        const float *x = l->x + r * n;
        float *y = l->y + r * n, chunk[1024];
        float greatest = l->isa->max(x, n), sum = 0;
        for (size_t i = 0; i < n; i += 1024)
            sum += l->isa->exp_sum(chunk, x + i, greatest, n - i < 1024 ? n - i : 1024);
        float shift = greatest + logf(sum);
        for (size_t i = 0; i < n; i++) y[i] = x[i] - shift;
    }
}

void sn_log_softmax(const sn_context *context, float *y, const float *x, size_t rows, size_t n) {
    log_softmax_arguments arguments = {context->isa, y, x, rows, n};
    sn_parallel(context, 1 + rows * n / (1 << 14), log_softmax_body, &arguments);
}
