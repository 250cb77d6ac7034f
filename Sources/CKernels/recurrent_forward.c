#include <string.h>

#include "recurrent.h"

// Activations of a chunk of steps that is projected at once stay in the cache for the steps.
enum { SN_CHUNK_BYTES = 1 << 20 };

typedef struct forward_arguments {
    const sn_context *context;
    sn_pass pass;
    float *hn, *cn;
    sn_recurrent_input input;
    float *table_sums;  // [table_rows,saved_size], when the input is a table
    const sn_recurrent_panels *panels;
    const sn_cell *cell;
    size_t input_size;
    sn_division division;
} forward_arguments;

// The columns of a gate that a run of panels covers.
static sn_range panel_columns(const sn_isa *isa, const sn_panels *panels, sn_range range) {
    if (range.begin == range.end) return (sn_range){0, 0};
    sn_panel last = sn_panel_at(isa, panels, range.end - 1);
    return (sn_range){sn_panel_at(isa, panels, range.begin).column, last.column + last.columns};
}

// to = bias + x·W_ihᵀ for the part's rows and panels, with the candidate's own bias behind it
// where the cell keeps that apart.
static void project_rows(const forward_arguments *f, float *to, sn_part part) {
    const sn_pass *pass = &f->pass;
    const size_t own = f->cell->gates * pass->hidden;
    const sn_isa *isa = f->context->isa;
    sn_rows x = {f->input.x, f->input_size, NULL};
    sn_gemm_packed_part(isa, to, pass->saved_size, &x, &f->panels->input, f->panels->bias, false,
                        part);
    if (!f->cell->splits_candidate) return;
    sn_range columns = panel_columns(isa, &f->panels->input, part.panels);
    for (size_t row = part.rows.begin; row < part.rows.end; row++)
        memcpy(to + row * pass->saved_size + own + columns.begin,
               f->panels->bias + own + columns.begin,
               (columns.end - columns.begin) * sizeof(float));
}

// What each accumulator of the part starts from: the projection of its input row.
static void project(const forward_arguments *f, sn_part part) {
    const sn_pass *pass = &f->pass;
    if (!f->input.ids) {
        project_rows(f, pass->saved, part);
        return;
    }
    const size_t H = pass->hidden, blocks = f->cell->gates + (f->cell->splits_candidate ? 1 : 0);
    sn_range columns = panel_columns(f->context->isa, &f->panels->input, part.panels);
    const bool whole = columns.begin == 0 && columns.end == H;
    for (size_t row = part.rows.begin; row < part.rows.end; row++) {
        const float *from = f->table_sums + (size_t)f->input.ids[row] * pass->saved_size;
        float *to = pass->saved + row * pass->saved_size;
        if (whole) {
            memcpy(to, from, blocks * H * sizeof(float));
            continue;
        }
        for (size_t block = 0; block < blocks; block++)
            memcpy(to + block * H + columns.begin, from + block * H + columns.begin,
                   (columns.end - columns.begin) * sizeof(float));
    }
}

// One phase of one step for the given rows (of the batch) and panels.
static void run_phase(const forward_arguments *f, size_t index, size_t step, sn_part part) {
    const sn_pass *pass = &f->pass;
    const sn_phase *phase = &f->cell->forward[index];
    const sn_panels *b = &f->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t H = pass->hidden, count = part.rows.end - part.rows.begin;
    const size_t step_row = pass->batch->first_row[step];
    for (size_t p = part.panels.begin; p < part.panels.end; p++) {
        sn_panel panel = sn_panel_at(isa, b, p);
        size_t tiles = sn_tile_count(count, isa->tile_rows[panel.vectors]);
        size_t last =
            b->gates > 1 ? panel.columns : panel.columns - (panel.vectors - 1) * isa->lanes;
        sn_tile tile = {.c_row = pass->saved_size,
                        .c_vector = b->gates > 1 ? H : isa->lanes,
                        .init_row = pass->saved_size,
                        .init_vector = b->gates > 1 ? H : isa->lanes,
                        .inner = H,
                        .b_step = panel.vectors * isa->lanes,
                        .lanes = b->gates > 1 ? last : isa->lanes,
                        .last_lanes = last};
        for (size_t t = 0; t < tiles; t++) {
            sn_range range = sn_share(count, t, tiles);
            size_t first = part.rows.begin + range.begin, height = range.end - range.begin;
            const float *a[SN_MAX_ROWS];
            for (size_t r = 0; r < height; r++)
                a[r] = phase->from_saved
                           ? pass->saved + (first + r) * pass->saved_size + phase->from_column * H
                           : sn_pass_h_before(pass, first + r, first + r - step_row);
            tile.c = pass->saved + first * pass->saved_size + phase->column * H + panel.column;
            tile.init = tile.c;
            isa->tile_by_rows[panel.vectors][height](&tile, a, b->data + panel.offset);
            sn_patch patch = {step_row, first, height, panel.column, panel.columns};
            isa->forward[f->cell->kind][index](pass, &patch);
        }
    }
}

// The steps of the chunk that follows `done` steps, in the order of this direction.
static size_t chunk_length(const forward_arguments *f, size_t done) {
    const sn_batch *batch = f->pass.batch;
    size_t bytes = 0, steps = 0;
    while (done + steps < batch->steps && (steps == 0 || bytes < SN_CHUNK_BYTES)) {
        size_t step = batch->reversed ? batch->steps - 1 - done - steps : done + steps;
        bytes += sn_step_rows(batch, step) * f->pass.saved_size * sizeof(float);
        steps++;
    }
    return steps;
}

static void run_by_units(const sn_team *team, const forward_arguments *f) {
    const sn_batch *batch = f->pass.batch;
    const sn_isa *isa = f->context->isa;
    const size_t T = batch->steps;
    for (size_t done = 0; done < T;) {
        size_t steps = chunk_length(f, done);
        size_t low = batch->reversed ? T - done - steps : done;
        sn_part projected = {{batch->first_row[low], batch->first_row[low + steps]},
                             sn_share(sn_panel_count(isa, &f->panels->input), team->index,
                                      team->count)};
        project(f, projected);
        sn_barrier_wait(team);
        for (size_t end = done + steps; done < end; done++) {
            size_t step = batch->reversed ? T - 1 - done : done;
            for (size_t phase = 0; phase < f->cell->phases; phase++) {
                size_t panels = sn_panel_count(isa, &f->panels->hidden[phase]);
                run_phase(f, phase, step,
                          (sn_part){{batch->first_row[step], batch->first_row[step + 1]},
                                    sn_share(panels, team->index, team->count)});
                sn_barrier_wait(team);
            }
        }
    }
}

static void run_by_rows(const sn_team *team, const forward_arguments *f) {
    const sn_batch *batch = f->pass.batch;
    const sn_isa *isa = f->context->isa;
    for (size_t done = 0; done < batch->steps; done++) {
        size_t step = batch->reversed ? batch->steps - 1 - done : done;
        sn_range rows = sn_share(sn_step_rows(batch, step), team->index, team->count);
        rows.begin += batch->first_row[step];
        rows.end += batch->first_row[step];
        project(f, (sn_part){rows, {0, sn_panel_count(isa, &f->panels->input)}});
        for (size_t phase = 0; phase < f->cell->phases; phase++)
            run_phase(f, phase, step,
                      (sn_part){rows, {0, sn_panel_count(isa, &f->panels->hidden[phase])}});
        if (f->division.steps_meet) sn_barrier_wait(team);
    }
}

static void forward_body(const sn_team *team, void *arguments) {
    const forward_arguments *f = arguments;
    const sn_pass *pass = &f->pass;
    if (f->input.ids) {
        project_rows(f, f->table_sums,
                     sn_gemm_share(f->context->isa, &f->panels->input, f->input.table_rows,
                                   team->index, team->count));
        sn_barrier_wait(team);
    }
    if (f->division.by_rows)
        run_by_rows(team, f);
    else
        run_by_units(team, f);
    const size_t H = pass->hidden;
    sn_range sequences = sn_share(pass->batch->sequences, team->index, team->count);
    for (size_t b = sequences.begin; b < sequences.end; b++) {
        size_t row = sn_last_row(pass->batch, b);
        if (f->hn) memcpy(f->hn + b * H, pass->y + row * H, H * sizeof(float));
        if (f->cn) memcpy(f->cn + b * H, pass->cells + row * H, H * sizeof(float));
    }
}

void sn_recurrent_forward(const sn_context *context, float *y, float *cells, float *hn, float *cn,
                          float *saved, sn_recurrent_input input, const float *h0,
                          const float *c0, const sn_recurrent_panels *panels, float *workspace,
                          const sn_batch *batch, const sn_cell *cell, size_t input_size,
                          size_t hidden_size) {
    SN_ASSERT(!cell->has_cell_state || cells);
    size_t floats, threads;
    sn_recurrent_workspace parts =
        sn_recurrent_carve(context, workspace, cell, batch->rows, batch->sequences,
                           input.table_rows, input_size, hidden_size, false, &floats);
    const size_t saved_size = sn_cell_saved_size(cell, hidden_size);
    memset(parts.zeros, 0, saved_size * sizeof(float));
    forward_arguments arguments = {
        .context = context,
        .pass = {.batch = batch,
                 .hidden = hidden_size,
                 .saved_size = saved_size,
                 .y = y,
                 .cells = cells,
                 .saved = saved,
                 .h0 = h0,
                 .c0 = c0,
                 .zeros = parts.zeros},
        .hn = hn,
        .cn = cn,
        .input = input,
        .table_sums = parts.table_sums,
        .panels = panels,
        .cell = cell,
        .input_size = input_size,
    };
    arguments.division =
        sn_recurrent_division(context, batch, &panels->hidden[0], cell->gates, &threads);
    sn_parallel(context, threads, forward_body, &arguments);
}
