#include "recurrent_backward.h"

#include <string.h>

// Enough sequences for two halves of a team, and matrices of which two copies, and the gates of a
// chunk, stay in a core's cache.
enum { SN_SHARD_ROWS = 4, SN_SHARD_FLOATS = 1 << 17 };

size_t sn_backward_shards(const sn_cell *cell, size_t sequences, size_t input_size,
                          size_t hidden_size) {
    const size_t weights = cell->gates * hidden_size * (input_size + hidden_size);
    return sequences >= SN_MAX_SHARDS * SN_SHARD_ROWS && weights <= SN_SHARD_FLOATS
               ? SN_MAX_SHARDS
               : 1;
}

// The sequences of the shard that a thread begins and ends with.
static sn_range own_sequences(const sn_team *team, const sn_backward *g) {
    if (g->division.by_rows) return g->own;
    const size_t first = g->sequences.begin;
    sn_range share = sn_share(g->sequences.end - first, team->index, team->count);
    return (sn_range){first + share.begin, first + share.end};
}

// Gradients of the final states enter; the sums of a second shard begin at zero.
static void prepare(const sn_team *team, const sn_backward *g) {
    const sn_pass *pass = &g->pass;
    const sn_batch *batch = pass->batch;
    const size_t H = pass->hidden;
    const sn_range sequences = own_sequences(team, g);
    for (size_t b = sequences.begin; b < sequences.end; b++) {
        if (g->gradients->dhn)
            g->context->isa->add(pass->dy + sn_last_row(batch, b) * pass->y_stride,
                                 g->gradients->dhn + b * H, H);
        if (g->gradients->dcn)
            memcpy(pass->dc + b * H, g->gradients->dcn + b * H, H * sizeof(float));
        else
            memset(pass->dc + b * H, 0, H * sizeof(float));
    }
    if (g->shard == 0 || team->index > 0 || !g->weights.db_ih) return;
    const size_t bias_bytes = g->run->cell->gates * H * sizeof(float);
    memset(g->weights.db_ih, 0, bias_bytes);
    memset(g->weights.db_hh, 0, bias_bytes);
}

// dz of the rows that follow some rows of a step; false when none of them has one.
static bool next_rows(const sn_backward *g, const float **dz, size_t first, size_t height) {
    const sn_pass *pass = &g->pass;
    const size_t column = g->run->cell->backward[0].column * pass->hidden;
    bool any = false;
    for (size_t r = 0; r < height; r++) {
        int32_t next = pass->batch->next[first + r];
        any |= next >= 0;
        dz[r] = next >= 0 ? g->next_dz + ((size_t)next - g->next_row) * pass->saved_size + column
                          : pass->zeros;
    }
    return any;
}

// dy += dz of the next rows · W_hh for some rows and `met` panels from p on.
static void carry_tile(const sn_backward *g, const float *const *dz, size_t first, size_t height,
                       size_t p, size_t met) {
    const sn_pass *pass = &g->pass;
    const sn_isa *isa = g->context->isa;
    const sn_panels *b = &g->run->panels->hidden_backward[0];
    const sn_panel panel = sn_panel_at(isa, b, p);
    sn_tile tile = sn_panel_tile(isa, b, &panel);
    sn_meet_panels(isa, &tile, b, &panel, p, met);
    tile.c = pass->dy + first * pass->y_stride + panel.column;
    tile.init = tile.c;
    tile.c_row = tile.init_row = pass->y_stride;
    tile.inner = b->inner;
    // Of the same sequences, for the step that comes next: no core fetches that far by itself.
    const int32_t further = pass->batch->previous[first];
    if (further >= 0) tile.ahead = pass->dy + (size_t)further * pass->y_stride + panel.column;
    isa->tile_by_rows[b->element][met][panel.vectors][height](&tile, dz,
                                                              sn_panels_from(b, panel.offset));
}

// dy += dz of the next rows · W_hh, then the element-wise part, for the part's rows and panels.
static void carry_back(const sn_backward *g, size_t step, sn_part part) {
    const sn_pass *pass = &g->pass;
    const sn_isa *isa = g->context->isa;
    const sn_panels *b = &g->run->panels->hidden_backward[0];
    const size_t count = part.rows.end - part.rows.begin;
    if (count == 0) return;
    for (size_t p = part.panels.begin, end; p < part.panels.end; p = end) {
        const sn_panel panel = sn_panel_at(isa, b, p);
        const sn_group group =
            sn_group_at(isa, b, &panel, p, part.panels.end, count, b->inner);
        end = group.end;
        const sn_range units = sn_panel_units(isa, b, (sn_range){p, end});
        for (size_t t = 0; t < group.tiles; t++) {
            const sn_range range = sn_share(count, t, group.tiles);
            const size_t first = part.rows.begin + range.begin, height = range.end - range.begin;
            const float *dz[SN_MAX_ROWS];
            if (next_rows(g, dz, first, height))
                for (size_t q = p; q < end; q += group.met)
                    carry_tile(g, dz, first, height, q, group.met);
            sn_patch patch = {pass->batch->first_row[step], first, height, units.begin,
                              units.end - units.begin};
            isa->backward[g->run->cell->kind][0](pass, &patch);
        }
    }
}

// The second phase: scratch = dz of the rows themselves · W_hh, then its element-wise part.
static void second_phase(const sn_backward *g, size_t step, sn_part part) {
    const sn_pass *pass = &g->pass;
    const sn_isa *isa = g->context->isa;
    const sn_panels *b = &g->run->panels->hidden_backward[1];
    const size_t H = pass->hidden, first = pass->batch->first_row[step];
    const size_t count = part.rows.end - part.rows.begin;
    if (count == 0 || part.panels.begin == part.panels.end) return;
    sn_rows dz = {sn_pass_sums(pass, part.rows.begin) + g->run->cell->backward[1].column * H,
                  pass->saved_size, NULL};
    sn_gemm_packed_part(isa, pass->scratch + (part.rows.begin - first) * H, H, &dz, b, NULL, false,
                        (sn_part){{0, count}, part.panels});
    const sn_range units = sn_panel_units(isa, b, part.panels);
    sn_patch patch = {first, part.rows.begin, count, units.begin, units.end - units.begin};
    isa->backward[g->run->cell->kind][1](pass, &patch);
}

// The chunk of steps that follows `done` steps, in the order of backward.
static sn_chunk next_chunk(const sn_backward *g, size_t done, size_t index) {
    const sn_batch *batch = g->run->batch;
    sn_chunk chunk = {.index = index,
                      .packed = g->workspace.packed[g->shard][index % 2]};
    while (done + chunk.steps < batch->steps) {
        size_t at = done + chunk.steps;
        size_t rows = sn_shard_rows(g, batch->reversed ? at : batch->steps - 1 - at);
        // Steps that come before any row of the shard are no chunk: the first one has rows.
        if (chunk.rows > 0 && chunk.rows + rows > SN_BACKWARD_ROWS) break;
        chunk.rows += rows;
        chunk.steps++;
    }
    chunk.step = batch->reversed ? done : batch->steps - done - chunk.steps;
    // The rows of a shard do not lie one after another in `saved`.
    chunk.dz = g->shards > 1 ? g->workspace.dz[g->shard][index % 2]
                             : sn_pass_saved(&g->pass, batch->first_row[chunk.step]);
    return chunk;
}

static void run_steps(const sn_team *team, sn_backward *g, const sn_chunk *chunk) {
    const sn_batch *batch = g->pass.batch;
    const bool by_rows = g->division.by_rows;
    const size_t panels = sn_panel_count(g->context->isa, &g->run->panels->hidden_backward[0]);
    size_t place = batch->reversed ? 0 : chunk->rows;
    for (size_t done = 0; done < chunk->steps; done++) {
        size_t step = chunk->step + (batch->reversed ? done : chunk->steps - 1 - done);
        const sn_range rows = sn_active_rows(batch, step, g->sequences);
        if (!batch->reversed) place -= rows.end - rows.begin;
        g->pass.sums = chunk->dz + place * g->pass.saved_size;
        g->pass.sums_from = rows.begin;
        sn_part part = {sn_active_rows(batch, step, g->own), {0, panels}};
        if (!by_rows) part.panels = sn_share(panels, team->index, team->count);
        carry_back(g, step, part);
        if (g->run->cell->phases > 1) {
            if (!by_rows) sn_barrier_wait(team);
            second_phase(g, step, part);
        }
        g->next_dz = g->pass.sums;
        g->next_row = rows.begin;
        if (batch->reversed) place += rows.end - rows.begin;
        // All meet behind the chunk anyway.
        bool is_last = done + 1 == chunk->steps;
        if (!is_last && !by_rows) sn_barrier_wait(team);
    }
}

// dh0 += dz of the first rows of sequences · W_hh, for those that begin in the chunk.
static void initial_states(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    const sn_pass *pass = &g->pass;
    const sn_batch *batch = pass->batch;
    const sn_isa *isa = g->context->isa;
    const sn_panels *w = &g->run->panels->hidden_backward[0];
    const size_t H = pass->hidden, size = pass->saved_size;
    const size_t column = g->run->cell->backward[0].column * H;
    if (!pass->dh0) return;
    SN_EACH_STEP(g, chunk, g->sequences) {
        // Those that the step before, in this direction, does not have.
        const size_t first = batch->first_row[step];
        const bool is_first = batch->reversed ? step + 1 == batch->steps : step == 0;
        size_t others = 0;
        if (!is_first) others = sn_step_rows(batch, batch->reversed ? step + 1 : step - 1);
        size_t begin = rows.begin - first, end = rows.end - first;
        if (begin < others) begin = others < end ? others : end;
        const sn_range share = sn_share(end - begin, team->index, team->count);
        for (size_t b = begin + share.begin; b < begin + share.end;) {
            const float *dz[SN_MAX_ROWS];
            const size_t from = b;
            size_t height = 0;
            for (; b < begin + share.end && height < SN_MAX_ROWS; b++, height++) {
                const size_t at = place + sn_place_in_step(g, step, first + b);
                bool carried = batch->previous[first + b] == SN_STATE_END;
                dz[height] = carried ? chunk->dz + at * size + column : pass->zeros;
            }
            sn_rows a = {NULL, 0, dz};
            sn_part part = {{0, height}, {0, sn_panel_count(isa, w)}};
            sn_gemm_packed_part(isa, pass->dh0 + from * H, H, &a, w, NULL, true, part);
        }
    }
}

// dc0 += what the cell state's gradient came to.
static void initial_cells(const sn_team *team, const sn_backward *g) {
    const sn_pass *pass = &g->pass;
    const size_t H = pass->hidden;
    if (!g->gradients->dc0) return;
    const sn_range sequences = own_sequences(team, g);
    for (size_t b = sequences.begin; b < sequences.end; b++)
        if (pass->batch->previous[sn_start_row(pass->batch, b)] == SN_STATE_END)
            g->context->isa->add(g->gradients->dc0 + b * H, pass->dc + b * H, H);
}

// Puts dz of the chunk where all rows have a place. What the candidate multiplied is no dz.
static void keep_dz(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    const sn_cell *cell = g->run->cell;
    const size_t size = g->pass.saved_size;
    const size_t blocks = cell->saved_blocks - (cell->candidate_from_saved ? 1 : 0);
    SN_EACH_STEP(g, chunk, g->sequences) {
        const sn_range share = sn_share(rows.end - rows.begin, team->index, team->count);
        for (size_t row = share.begin; row < share.end; row++)
            memcpy(g->pass.saved + (rows.begin + row) * size, chunk->dz + (place + row) * size,
                   blocks * g->pass.hidden * sizeof(float));
    }
}

// The gradients of one shard.
static void run_shard(const sn_team *team, const sn_backward *shared, size_t shard) {
    sn_backward own = *shared, *g = &own;
    const sn_batch *batch = g->pass.batch;
    g->shard = shard;
    g->sequences = sn_sequence_share(batch, sn_all_sequences(batch), shard, g->shards);
    g->own = g->division.by_rows
                 ? sn_sequence_share(batch, g->sequences, team->index, team->count)
                 : g->sequences;
    g->pass.dc += shard * SN_FLOATS_APART;
    g->pass.scratch += shard * SN_FLOATS_APART;
    if (shard > 0 && g->weights.dw_ih) g->weights = g->workspace.second_shard;
    prepare(team, g);
    sn_barrier_wait(team);
    size_t index = 0;
    for (size_t done = 0; done < batch->steps;) {
        sn_chunk chunk = next_chunk(g, done, index++);
        sn_backward_pack_chunk(team, g, &chunk);
        run_steps(team, g, &chunk);
        sn_barrier_wait(team);
        initial_states(team, g, &chunk);
        // The input may be the initial state itself.
        if (g->pass.dh0) sn_barrier_wait(team);
        sn_backward_take_gradients(team, g, &chunk);
        const bool keeps_dz = !g->takes_input || !g->weights.dw_ih;
        if (keeps_dz && g->shards > 1) keep_dz(team, g, &chunk);
        done += chunk.steps;
    }
    initial_cells(team, g);
}

static void run_direction(const sn_team *team, const sn_backward *shared, bool takes_input) {
    sn_backward direction = *shared, *g = &direction;
    g->takes_input = takes_input;
    if (g->division.shards_apart && team->count % 2 == 0) {
        size_t half;
        const sn_team own = sn_team_half(team, &half);
        run_shard(&own, g, half);
    } else {
        for (size_t shard = 0; shard < g->shards; shard++) {
            if (shard > 0) sn_barrier_wait(team);
            run_shard(team, g, shard);
        }
    }
    if (g->shards > 1) {
        sn_barrier_wait(team);
        sn_backward_join_shards(team, g);
    }
    sn_backward_finish_gradients(team, g);
}

typedef struct backward_arguments {
    const sn_backward *directions;
    size_t count;
} backward_arguments;

static void backward_body(const sn_team *team, void *arguments) {
    const backward_arguments *a = arguments;
    const bool side_by_side = sn_is_side_by_side(team, a->directions[0].division);
    if (side_by_side) {
        size_t half;
        const sn_team own = sn_team_half(team, &half);
        run_direction(&own, &a->directions[half], false);
    }
    // Directions go to the same dx in their order, whoever does it: the first may write it.
    for (size_t d = 0; d < a->count; d++) {
        if (d > 0 || side_by_side) sn_barrier_wait(team);
        if (side_by_side)
            sn_backward_take_input_gradient(team, &a->directions[d]);
        else
            run_direction(team, &a->directions[d], true);
    }
}

static sn_backward direction_of(const sn_context *context, const sn_recurrent_run *run,
                                const sn_recurrent_gradients *gradients, size_t shards,
                                sn_division division, bool adds_to_input) {
    const sn_recurrent_workspace parts = sn_recurrent_workspace_of(context, run, true);
    sn_pass pass = sn_recurrent_pass_of(run, &parts);
    pass.dy = gradients->dy;
    pass.dh0 = gradients->dh0;
    pass.dc = parts.dc;
    pass.scratch = parts.scratch;
    return (sn_backward){
        .context = context,
        .run = run,
        .gradients = gradients,
        .pass = pass,
        .workspace = parts,
        .division = division,
        .shards = shards,
        .adds_to_input = adds_to_input,
        .weights = {gradients->dw_ih, gradients->dw_hh, gradients->db_ih, gradients->db_hh,
                    gradients->weights_are_empty}};
}

void sn_recurrent_backward(const sn_context *context, const sn_recurrent_run *runs,
                           const sn_recurrent_gradients *gradients, size_t count) {
    SN_ASSERT(count >= 1 && count <= SN_MAX_DIRECTIONS);
    SN_ASSERT(runs[0].saved);
    sn_backward directions[SN_MAX_DIRECTIONS];
    size_t threads;
    sn_division division = sn_recurrent_division(context, &runs[0], count, true, &threads);
    // Directions that begin from one state add to its gradient one after the other.
    if (count == 2 && ((gradients[0].dh0 && gradients[0].dh0 == gradients[1].dh0) ||
                       (gradients[0].dc0 && gradients[0].dc0 == gradients[1].dc0)))
        division.side_by_side = false;
    for (size_t d = 0; d < count; d++) {
        const size_t shards = sn_backward_shards(runs[d].cell, runs[d].batch->sequences,
                                                 runs[d].input_size, runs[d].hidden_size);
        SN_ASSERT(!gradients[d].x_is_empty || !runs[d].input.ids);
        SN_ASSERT(d == 0 || !gradients[d].x_is_empty || gradients[d].dx == gradients[0].dx);
        directions[d] = direction_of(context, &runs[d], &gradients[d], shards, division,
                                     d > 0 || !gradients[d].x_is_empty);
    }
    backward_arguments arguments = {directions, count};
    sn_parallel(context, threads, backward_body, &arguments);
}

// What is left of a backward pass whose steps are done: chunk by chunk, as run_shard().
static void weights_body(const sn_team *team, void *arguments) {
    const sn_backward *g = arguments;
    size_t index = 0;
    for (size_t done = 0; done < g->run->batch->steps;) {
        const sn_chunk chunk = next_chunk(g, done, index++);
        sn_backward_pack_chunk(team, g, &chunk);
        sn_barrier_wait(team);
        sn_backward_take_gradients(team, g, &chunk);
        done += chunk.steps;
    }
}

void sn_recurrent_weight_gradients(const sn_context *context, const sn_recurrent_run *run,
                                   const sn_recurrent_gradients *gradients) {
    SN_ASSERT(run->saved && gradients->dw_ih && !run->input.ids);
    sn_backward direction = direction_of(context, run, gradients, 1, (sn_division){0}, true);
    direction.sequences = direction.own = sn_all_sequences(run->batch);
    const size_t width = run->input_size + run->hidden_size;
    const size_t weights = run->cell->gates * run->hidden_size * width;
    sn_parallel(context, 1 + weights * run->batch->rows / SN_WORTH_A_THREAD, weights_body,
                &direction);
}
