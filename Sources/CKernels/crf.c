#include <math.h>
#include <string.h>

#include "recurrent.h"

enum {
    // Runs of neighbouring sequences whose counts are summed apart: as many as threads can share.
    // Fixed, so that threads do not change the sum.
    SN_CRF_SHARDS = 16,
    // Multiply-adds that an exponential costs.
    SN_CRF_EXPONENTIAL = 16,
    // Steps whose counts are summed apart, so that small ones are not lost in the sum of many.
    SN_CRF_STEPS = 256,
};

// Where the parts of the workspace lie, in floats. Rows of K scores are `row` floats apart.
typedef struct crf_layout {
    size_t row, columns;  // K in whole lines, and in whole vectors
    size_t shards;
    size_t transitions, start, end;  // of the field, -inf where forbidden; [K,row], [row], [row]
    size_t scores;                   // [rows,row]
    size_t counts, counts_floats;    // of each shard, [K+2,row]: transitions, start, end
    // Of each thread: counts of a few steps, [2,row] marginals and what a step needs.
    size_t thread, thread_floats;
    size_t floats;
} crf_layout;

static size_t take(crf_layout *layout, size_t floats) {
    size_t offset = layout->floats;
    layout->floats += floats;
    return offset;
}

static crf_layout layout_of(const sn_context *context, size_t K, const sn_batch *batch) {
    const size_t lanes = context->isa->lanes;
    crf_layout l = {.row = sn_whole_lines(K), .columns = (K + lanes - 1) / lanes * lanes};
    l.shards = batch->sequences < SN_CRF_SHARDS ? batch->sequences : SN_CRF_SHARDS;
    l.transitions = take(&l, K * l.row);
    l.start = take(&l, l.row);
    l.end = take(&l, l.row);
    l.scores = take(&l, batch->rows * l.row);
    l.counts_floats = (K + 2) * l.row;
    l.counts = take(&l, l.shards * l.counts_floats);
    l.thread_floats = l.counts_floats + 2 * l.row + sn_whole_lines(2 * K * lanes);
    l.thread = take(&l, context->threads * l.thread_floats);
    return l;
}

size_t sn_crf_floats(const sn_context *context, size_t tags, const sn_batch *batch) {
    return layout_of(context, tags, batch).floats;
}

// One call. What it was not asked for is NULL.
typedef struct crf_pass {
    const sn_context *context;
    const sn_batch *batch;
    const float *emissions;
    size_t tags;
    crf_layout layout;
    float *workspace;
    float *losses;
    const int32_t *targets;
    const sn_crf_gradients *gradients;
    float *marginals;
    int32_t *best;
    float *best_scores;
} crf_pass;

// A sequence and the parts of the workspace that it uses.
typedef struct crf_sequence {
    const crf_pass *pass;
    size_t index, steps;
    float *marginals, *step;       // the thread's
    float *counts, *shard_counts;  // of a few steps, zeros between sequences; of the shard
} crf_sequence;

static size_t row_of(const crf_sequence *s, size_t step) {
    return s->pass->batch->first_row[step] + s->index;
}

static float *scores_of(const crf_sequence *s, size_t step) {
    const crf_layout *layout = &s->pass->layout;
    return s->pass->workspace + layout->scores + row_of(s, step) * layout->row;
}

// A row of the field's scores: those after tag `row`, and behind the last tag start and end.
static const float *field_row(const crf_pass *pass, size_t row) {
    return pass->workspace + pass->layout.transitions + row * pass->layout.row;
}

static const float *start_of(const crf_pass *pass) { return field_row(pass, pass->tags); }
static const float *end_of(const crf_pass *pass) { return field_row(pass, pass->tags + 1); }

static void constrain(float *to, const float *scores, const uint8_t *allowed, size_t K,
                      size_t row) {
    for (size_t j = 0; j < row; j++)
        to[j] = j < K && (!allowed || allowed[j]) ? scores[j] : -INFINITY;
}

static crf_pass pass_of(const sn_context *context, const float *emissions, const sn_crf *crf,
                        float *workspace, const sn_batch *batch) {
    const size_t K = crf->tags;
    SN_ASSERT(K > 0);
    crf_pass pass = {.context = context,
                     .batch = batch,
                     .emissions = emissions,
                     .tags = K,
                     .layout = layout_of(context, K, batch),
                     .workspace = workspace};
    const size_t row = pass.layout.row;
    for (size_t i = 0; i < K; i++)
        constrain(workspace + pass.layout.transitions + i * row, crf->transitions + i * K,
                  crf->allowed_transitions ? crf->allowed_transitions + i * K : NULL, K, row);
    constrain(workspace + pass.layout.start, crf->start, crf->allowed_starts, K, row);
    constrain(workspace + pass.layout.end, crf->end, crf->allowed_ends, K, row);
    return pass;
}

// The greatest score, finite where all are -inf.
static float greatest_of(const crf_pass *pass, const float *scores) {
    float greatest = pass->context->isa->max(scores, pass->tags);
    return greatest == -INFINITY ? -FLT_MAX : greatest;
}

// The scores of all tags of every step over the tags before it, the greatest of each step taken
// off; returns the sum of what was taken off.
static double run_forward(const crf_sequence *s, sn_crf_step step) {
    const crf_pass *pass = s->pass;
    const size_t K = pass->tags, row = pass->layout.row, columns = pass->layout.columns;
    double taken_off = 0;
    for (size_t t = 0; t < s->steps; t++) {
        float *scores = scores_of(s, t);
        if (t == 0)
            memcpy(scores, start_of(pass), columns * sizeof(float));
        else
            step(scores, scores_of(s, t - 1), field_row(pass, 0), row, K, columns);
        pass->context->isa->add(scores, pass->emissions + row_of(s, t) * K, K);
        const float greatest = greatest_of(pass, scores);
        for (size_t j = 0; j < columns; j++) scores[j] -= greatest;
        taken_off += greatest;
    }
    return taken_off;
}

// The marginals of the last step; returns the log of the sum that normalises them.
static double last_marginals(const crf_sequence *s) {
    const crf_pass *pass = s->pass;
    float *marginals = s->marginals;
    const size_t columns = pass->layout.columns;
    const float *scores = scores_of(s, s->steps - 1), *end = end_of(pass);
    for (size_t j = 0; j < columns; j++) marginals[j] = scores[j] + end[j];
    const float greatest = greatest_of(pass, marginals);
    const float sum = pass->context->isa->exp_sum(marginals, marginals, greatest, columns);
    for (size_t j = 0; j < columns; j++) marginals[j] /= sum;
    return greatest + log(sum);
}

// s(tags) of a sequence.
static double path_score(const crf_sequence *s, const int32_t *tags) {
    const crf_pass *pass = s->pass;
    const float *scores = start_of(pass);
    double sum = 0;
    for (size_t t = 0; t < s->steps; t++) {
        const size_t row = row_of(s, t), tag = (size_t)tags[row];
        SN_ASSERT(tag < pass->tags);
        sum += (double)scores[tag] + pass->emissions[row * pass->tags + tag];
        scores = field_row(pass, tag);
    }
    return sum + end_of(pass)[tags[row_of(s, s->steps - 1)]];
}

// to += scale * (marginals - onehot of the target).
static void add_difference(float *to, const float *marginals, size_t target, float scale,
                           size_t K) {
    for (size_t j = 0; j < K; j++) to[j] += scale * (marginals[j] - (j == target ? 1.0f : 0.0f));
}

static void set_marginals(float *to, const float *marginals, size_t K) {
    for (size_t j = 0; j < K; j++) to[j] = marginals[j] > 1 ? 1 : marginals[j];
}

// What the marginals of a step are wanted for.
static void use_marginals(const crf_sequence *s, size_t step, const float *marginals) {
    const crf_pass *pass = s->pass;
    const size_t K = pass->tags, row = row_of(s, step);
    if (!pass->gradients) {
        set_marginals(pass->marginals + row * K, marginals, K);
        return;
    }
    const size_t target = (size_t)pass->targets[row], stride = pass->layout.row;
    add_difference(pass->gradients->emissions + row * K, marginals, target,
                   pass->gradients->scale, K);
    // Less those of the targets, counts stay small where the field is right, and keep their digits.
    if (step == 0) add_difference(s->counts + K * stride, marginals, target, 1, K);
    if (step + 1 == s->steps) add_difference(s->counts + (K + 1) * stride, marginals, target, 1, K);
    if (step > 0) s->counts[(size_t)pass->targets[row_of(s, step - 1)] * stride + target] -= 1;
}

static void add_counts_to_shard(const crf_sequence *s) {
    const size_t floats = s->pass->layout.counts_floats;
    s->pass->context->isa->add(s->shard_counts, s->counts, floats);
    memset(s->counts, 0, floats * sizeof(float));
}

// The marginals of every step, from the last back; the last are there.
static void run_backward(const crf_sequence *s) {
    const crf_pass *pass = s->pass;
    const size_t row = pass->layout.row;
    float *marginals = s->marginals, *before = s->marginals + row;
    for (size_t t = s->steps - 1; t > 0; t--) {
        use_marginals(s, t, marginals);
        pass->context->isa->crf_backward(before, pass->gradients ? s->counts : NULL, marginals,
                                         scores_of(s, t - 1), field_row(pass, 0), s->step, row,
                                         pass->tags, pass->layout.columns);
        if (pass->gradients && t % SN_CRF_STEPS == 0) add_counts_to_shard(s);
        float *after = marginals;
        marginals = before;
        before = after;
    }
    use_marginals(s, 0, marginals);
    if (pass->gradients) add_counts_to_shard(s);
}

static void sum_over_tags(const crf_sequence *s) {
    const crf_pass *pass = s->pass;
    const double taken_off = run_forward(s, pass->context->isa->crf_forward);
    const double log_z = taken_off + last_marginals(s);
    if (pass->losses) {
        const double loss = log_z - path_score(s, pass->targets);
        pass->losses[s->index] = loss < 0 ? 0 : (float)loss;
    }
    if (pass->gradients || pass->marginals) run_backward(s);
}

// The i of the greatest x[i] + y[i * y_step], the lowest of several.
static size_t greatest_sum(const float *x, const float *y, size_t y_step, size_t n) {
    size_t found = 0;
    float greatest = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        const float sum = x[i] + y[i * y_step];
        if (sum > greatest) greatest = sum, found = i;
    }
    return found;
}

// The steps keep no trace of where a score came from: on the way back each sum is taken again,
// of one tag instead of all.
static void find_best(const crf_sequence *s) {
    const crf_pass *pass = s->pass;
    const size_t K = pass->tags;
    run_forward(s, pass->context->isa->crf_best);
    size_t tag = greatest_sum(scores_of(s, s->steps - 1), end_of(pass), 1, K);
    for (size_t t = s->steps - 1; t > 0; t--) {
        pass->best[row_of(s, t)] = (int32_t)tag;
        tag = greatest_sum(scores_of(s, t - 1), field_row(pass, 0) + tag, pass->layout.row, K);
    }
    pass->best[row_of(s, 0)] = (int32_t)tag;
    if (pass->best_scores) pass->best_scores[s->index] = (float)path_score(s, pass->best);
}

// Adds the counts of all shards to the gradients: the thread's share of the rows.
static void join_counts(const sn_team *team, const crf_pass *pass) {
    const size_t K = pass->tags, row = pass->layout.row;
    const sn_crf_gradients *gradients = pass->gradients;
    const sn_range rows = sn_share(K + 2, team->index, team->count);
    for (size_t r = rows.begin; r < rows.end; r++) {
        float *sums = pass->workspace + pass->layout.counts + r * row;
        for (size_t shard = 1; shard < pass->layout.shards; shard++)
            pass->context->isa->add(sums, sums + shard * pass->layout.counts_floats, K);
        float *to = r < K    ? gradients->transitions + r * K
                    : r == K ? gradients->start
                             : gradients->end;
        for (size_t j = 0; j < K; j++) to[j] += gradients->scale * sums[j];
    }
}

static size_t steps_of(const sn_batch *batch, size_t sequence) {
    size_t steps = 1;
    while (batch->first_row[steps - 1] + sequence != batch->end_row[sequence]) steps++;
    return steps;
}

static void pass_body(const sn_team *team, void *arguments) {
    const crf_pass *pass = arguments;
    const crf_layout *layout = &pass->layout;
    const sn_range shards = sn_share(layout->shards, team->index, team->count);
    float *thread = pass->workspace + layout->thread + team->index * layout->thread_floats;
    crf_sequence s = {.pass = pass, .counts = thread, .marginals = thread + layout->counts_floats};
    s.step = s.marginals + 2 * layout->row;
    memset(s.counts, 0, layout->counts_floats * sizeof(float));
    for (size_t shard = shards.begin; shard < shards.end; shard++) {
        s.shard_counts = pass->workspace + layout->counts + shard * layout->counts_floats;
        if (pass->gradients) memset(s.shard_counts, 0, layout->counts_floats * sizeof(float));
        const sn_range sequences =
            sn_sequence_share(pass->batch, sn_all_sequences(pass->batch), shard, layout->shards);
        for (s.index = sequences.begin; s.index < sequences.end; s.index++) {
            s.steps = steps_of(pass->batch, s.index);
            if (pass->best)
                find_best(&s);
            else
                sum_over_tags(&s);
        }
    }
    if (!pass->gradients) return;
    sn_barrier_wait(team);
    join_counts(team, pass);
}

static void run(crf_pass *pass) {
    const size_t work = pass->batch->rows * pass->tags * pass->tags * SN_CRF_EXPONENTIAL;
    const size_t worth = 1 + work / SN_WORTH_A_THREAD;
    sn_parallel(pass->context, worth < pass->layout.shards ? worth : pass->layout.shards,
                pass_body, pass);
}

void sn_crf_loss(const sn_context *context, float *losses, const sn_crf_gradients *gradients,
                 const float *emissions, const int32_t *targets, const sn_crf *crf,
                 float *workspace, const sn_batch *batch) {
    crf_pass pass = pass_of(context, emissions, crf, workspace, batch);
    pass.losses = losses;
    pass.targets = targets;
    pass.gradients = gradients;
    run(&pass);
}

void sn_crf_marginals(const sn_context *context, float *marginals, const float *emissions,
                      const sn_crf *crf, float *workspace, const sn_batch *batch) {
    crf_pass pass = pass_of(context, emissions, crf, workspace, batch);
    pass.marginals = marginals;
    run(&pass);
}

void sn_crf_decode(const sn_context *context, int32_t *tags, float *scores, const float *emissions,
                   const sn_crf *crf, float *workspace, const sn_batch *batch) {
    crf_pass pass = pass_of(context, emissions, crf, workspace, batch);
    pass.best = tags;
    pass.best_scores = scores;
    run(&pass);
}
