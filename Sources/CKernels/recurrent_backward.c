#include "recurrent_backward.h"

#include <string.h>

// Gradients of the final states enter; the rows before each row are looked up once.
static void prepare(const sn_team *team, const sn_backward *g) {
    const sn_pass *pass = &g->pass;
    const sn_batch *batch = pass->batch;
    const size_t H = pass->hidden;
    sn_range sequences = sn_share(batch->sequences, team->index, team->count);
    for (size_t b = sequences.begin; b < sequences.end; b++) {
        if (g->gradients->dhn)
            g->context->isa->add(pass->dy + sn_last_row(batch, b) * pass->y_stride,
                                 g->gradients->dhn + b * H, H);
        if (g->gradients->dcn)
            memcpy(pass->dc + b * H, g->gradients->dcn + b * H, H * sizeof(float));
        else
            memset(pass->dc + b * H, 0, H * sizeof(float));
    }
    for (size_t step = team->index; step < batch->steps; step += team->count)
        for (size_t row = batch->first_row[step]; row < batch->first_row[step + 1]; row++)
            g->workspace.table[row] = sn_pass_h_before(pass, row, row - batch->first_row[step]);
}

// dy += dz of the next rows · W_hh, then the element-wise part, for the part's rows and panels.
static void carry_back(const sn_backward *g, size_t step, sn_part part) {
    const sn_pass *pass = &g->pass;
    const sn_isa *isa = g->context->isa;
    const sn_panels *b = &g->run->panels->hidden_backward[0];
    const size_t H = pass->hidden, count = part.rows.end - part.rows.begin;
    const size_t column = g->run->cell->backward[0].column * H;
    for (size_t p = part.panels.begin; p < part.panels.end; p++) {
        sn_panel panel = sn_panel_at(isa, b, p);
        size_t tiles = sn_tile_count(count, isa->tile_rows[b->element][panel.vectors]);
        for (size_t t = 0; t < tiles; t++) {
            sn_range range = sn_share(count, t, tiles);
            size_t first = part.rows.begin + range.begin, height = range.end - range.begin;
            const float *a[SN_MAX_ROWS];
            bool any = false;
            for (size_t r = 0; r < height; r++) {
                int32_t next = pass->batch->next[first + r];
                any |= next >= 0;
                a[r] = next >= 0 ? sn_pass_saved(pass, (size_t)next) + column
                                 : pass->zeros;
            }
            if (any) {
                sn_tile tile = sn_panel_tile(isa, b, &panel);
                tile.c = pass->dy + first * pass->y_stride + panel.column;
                tile.init = tile.c;
                tile.c_row = tile.init_row = pass->y_stride;
                tile.inner = b->inner;
                isa->tile_by_rows[b->element][panel.vectors][height](
                    &tile, a, sn_panels_from(b, panel.offset));
            }
            sn_patch patch = {pass->batch->first_row[step], first, height, panel.column,
                              panel.columns};
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
    sn_rows dz = {sn_pass_saved(pass, first) + g->run->cell->backward[1].column * H,
                  pass->saved_size, NULL};
    if (part.panels.begin == part.panels.end) return;
    sn_part relative = {{part.rows.begin - first, part.rows.end - first}, part.panels};
    sn_gemm_packed_part(isa, pass->scratch, H, &dz, b, NULL, false, relative);
    size_t unit = sn_panel_at(isa, b, part.panels.begin).column;
    sn_panel last = sn_panel_at(isa, b, part.panels.end - 1);
    sn_patch patch = {first, part.rows.begin, part.rows.end - part.rows.begin, unit,
                      last.column + last.columns - unit};
    isa->backward[g->run->cell->kind][1](pass, &patch);
}

// The chunk of steps that follows `done` steps, in the order of backward.
static sn_chunk next_chunk(const sn_batch *batch, size_t done, size_t index) {
    sn_chunk chunk = {.index = index};
    while (done + chunk.steps < batch->steps) {
        size_t place = done + chunk.steps;
        size_t rows = sn_step_rows(batch, batch->reversed ? place : batch->steps - 1 - place);
        if (chunk.steps > 0 && chunk.rows + rows > SN_BACKWARD_ROWS) break;
        chunk.rows += rows;
        chunk.steps++;
    }
    chunk.step = batch->reversed ? done : batch->steps - done - chunk.steps;
    chunk.row = batch->first_row[chunk.step];
    return chunk;
}

static void run_steps(const sn_team *team, const sn_backward *g, const sn_chunk *chunk) {
    const sn_batch *batch = g->pass.batch;
    const bool by_rows = g->division.by_rows;
    const size_t panels = sn_panel_count(g->context->isa, &g->run->panels->hidden_backward[0]);
    for (size_t done = 0; done < chunk->steps; done++) {
        size_t step = chunk->step + (batch->reversed ? done : chunk->steps - 1 - done);
        const size_t first = batch->first_row[step], rows = sn_step_rows(batch, step);
        sn_part part = {{first, first + rows}, {0, panels}};
        if (by_rows)
            part.rows = sn_step_share(batch, step, team);
        else
            part.panels = sn_share(panels, team->index, team->count);
        carry_back(g, step, part);
        if (g->run->cell->phases > 1) {
            if (!by_rows) sn_barrier_wait(team);
            second_phase(g, step, part);
        }
        // All meet behind the chunk anyway.
        bool is_last = done + 1 == chunk->steps;
        if (!is_last && (!by_rows || g->division.steps_meet)) sn_barrier_wait(team);
    }
}

// dh0 += dz of the first rows · W_hh; dc0 += what the cell state's gradient came to.
static void initial_states(const sn_team *team, const sn_backward *g) {
    const sn_pass *pass = &g->pass;
    const sn_isa *isa = g->context->isa;
    const sn_panels *w = &g->run->panels->hidden_backward[0];
    const size_t H = pass->hidden, column = g->run->cell->backward[0].column * H;
    sn_range sequences = sn_share(pass->batch->sequences, team->index, team->count);
    for (size_t b = sequences.begin; b < sequences.end;) {
        const float *dz[SN_MAX_ROWS];
        size_t first = b, height = 0;
        for (; b < sequences.end && height < SN_MAX_ROWS; b++, height++) {
            size_t row = sn_start_row(pass->batch, b);
            bool carried = pass->batch->previous[row] == SN_STATE_END;
            dz[height] = carried ? sn_pass_saved(pass, row) + column : pass->zeros;
            if (carried && g->gradients->dc0)
                isa->add(g->gradients->dc0 + b * H, pass->dc + b * H, H);
        }
        if (!pass->dh0) continue;
        sn_rows rows = {NULL, 0, dz};
        sn_part part = {{0, height}, {0, sn_panel_count(isa, w)}};
        sn_gemm_packed_part(isa, pass->dh0 + first * H, H, &rows, w, NULL, true, part);
    }
}

static void run_direction(const sn_team *team, const sn_backward *g, bool takes_input) {
    const sn_batch *batch = g->pass.batch;
    prepare(team, g);
    sn_barrier_wait(team);
    size_t index = 0;
    for (size_t done = 0; done < batch->steps;) {
        sn_chunk chunk = next_chunk(batch, done, index++);
        sn_backward_pack_chunk(team, g, &chunk);
        run_steps(team, g, &chunk);
        sn_barrier_wait(team);
        sn_backward_take_gradients(team, g, &chunk, takes_input);
        done += chunk.steps;
    }
    initial_states(team, g);
    sn_backward_finish_gradients(team, g, takes_input);
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
    // Directions add to the same dx: in their order, whoever does it.
    for (size_t d = 0; d < a->count; d++) {
        if (d > 0 || side_by_side) sn_barrier_wait(team);
        if (side_by_side)
            sn_backward_take_input_gradient(team, &a->directions[d]);
        else
            run_direction(team, &a->directions[d], true);
    }
}

void sn_recurrent_backward(const sn_context *context, const sn_recurrent_run *runs,
                           const sn_recurrent_gradients *gradients, size_t count) {
    SN_ASSERT(count >= 1 && count <= SN_MAX_DIRECTIONS);
    SN_ASSERT(runs[0].saved);
    sn_backward directions[SN_MAX_DIRECTIONS];
    size_t threads;
    const sn_division division =
        sn_recurrent_division(context, &runs[0], count, true, &threads);
    for (size_t d = 0; d < count; d++) {
        sn_recurrent_workspace parts = sn_recurrent_workspace_of(context, &runs[d], true);
        sn_pass pass = sn_recurrent_pass_of(&runs[d], &parts);
        pass.dy = gradients[d].dy;
        pass.dh0 = gradients[d].dh0;
        pass.dc = parts.dc;
        pass.scratch = parts.scratch;
        directions[d] = (sn_backward){context, &runs[d], &gradients[d], pass, parts, division};
    }
    backward_arguments arguments = {directions, count};
    sn_parallel(context, threads, backward_body, &arguments);
}
