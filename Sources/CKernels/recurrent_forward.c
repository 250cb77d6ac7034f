#include <string.h>

#include "recurrent_plan.h"

// to = bias + x·W_ihᵀ for the part's rows of x and panels, with the candidate's own bias behind
// it where the cell keeps that apart.
static void project_rows(const sn_forward *f, float *to, const float *input, sn_part part) {
    const sn_pass *pass = &f->pass;
    const size_t own = f->run->cell->gates * pass->hidden;
    const sn_isa *isa = f->context->isa;
    sn_rows x = {input, f->run->input_size, NULL};
    const sn_recurrent_panels *panels = f->run->panels;
    sn_gemm_packed_part(isa, to, pass->saved_size, &x, &panels->input, panels->bias, false, part);
    if (!f->run->cell->splits_candidate) return;
    sn_range columns = sn_panel_units(isa, &panels->input, part.panels);
    for (size_t row = part.rows.begin; row < part.rows.end; row++)
        memcpy(to + row * pass->saved_size + own + columns.begin,
               panels->bias + own + columns.begin,
               (columns.end - columns.begin) * sizeof(float));
}

// What each accumulator of the part starts from: the projection of its input row.
static void project(const sn_forward *f, sn_part part) {
    const sn_pass *pass = &f->pass;
    if (!f->run->input.ids) {
        const size_t first = part.rows.begin;
        project_rows(f, sn_pass_sums(pass, first), f->run->input.x + first * f->run->input_size,
                     (sn_part){{0, part.rows.end - first}, part.panels});
        return;
    }
    const sn_cell *cell = f->run->cell;
    const size_t H = pass->hidden, blocks = cell->gates + (cell->splits_candidate ? 1 : 0);
    sn_range columns =
        sn_panel_units(f->context->isa, &f->run->panels->input, part.panels);
    const bool whole = columns.begin == 0 && columns.end == H;
    for (size_t row = part.rows.begin; row < part.rows.end; row++) {
        const size_t id = (size_t)f->run->input.ids[row];
        const float *from = f->workspace.table_sums[0] + id * pass->saved_size;
        float *to = sn_pass_sums(pass, row);
        if (whole) {
            memcpy(to, from, blocks * H * sizeof(float));
            continue;
        }
        for (size_t block = 0; block < blocks; block++)
            memcpy(to + block * H + columns.begin, from + block * H + columns.begin,
                   (columns.end - columns.begin) * sizeof(float));
    }
}

// What the rows of a phase's product are: h before each, or a block of `saved`.
static void phase_operands(const sn_forward *f, const sn_phase *phase, size_t step_row,
                           size_t first, size_t height, const float **a) {
    const sn_pass *pass = &f->pass;
    for (size_t r = 0; r < height; r++)
        a[r] = phase->from_saved ? sn_pass_saved(pass, first + r) +
                                       phase->from_column * pass->hidden
                                 : sn_pass_h_before(pass, first + r, first + r - step_row);
}

// The states of a thread's rows of a step, up to which it keeps them apart in training.
enum { SN_SHORT_ROWS_FLOATS = 1 << 12 };

// What the rows of a tile are to each of its panels.
typedef struct phase_rows {
    float *sums, *saved;
    size_t height;
    const float *x[SN_MAX_ROWS];
    sn_tile_product recurrent;  // of h, or of a block of `saved`
} phase_rows;

SN_INLINE void find_rows(phase_rows *rows, const sn_forward *f, size_t index, size_t step_row,
                         sn_range range) {
    const sn_pass *pass = &f->pass;
    rows->height = range.end - range.begin;
    rows->sums = sn_pass_sums(pass, range.begin);
    rows->saved = sn_pass_saved(pass, range.begin);
    rows->recurrent.inner = pass->hidden;
    phase_operands(f, &f->run->cell->forward[index], step_row, range.begin, rows->height,
                   rows->recurrent.a);
    if (f->steps_project)
        for (size_t r = 0; r < rows->height; r++)
            rows->x[r] = f->run->input.x + (range.begin + r) * f->run->input_size;
}

// The product of these rows by these panels, which starts from the projected input, or from the
// bias where the step projects it.
SN_INLINE void run_tile(sn_phase_panels *panels, phase_rows *rows) {
    sn_tile *tile = &panels->tile;
    tile->c = rows->sums + panels->column;
    if (panels->goes_on)
        tile->init = tile->c;
    else
        tile->ahead = rows->saved + panels->column;
    if (panels->more) {
        tile->more = &rows->recurrent;
        rows->recurrent.b = panels->more;
        rows->recurrent.b_beside = panels->more_beside;
    }
    panels->by_rows[rows->height](tile, panels->from_input ? rows->x : rows->recurrent.a,
                                  panels->b);
}

// Some rows of a step by the panels of a plan, whose groups come in one order or the other.
SN_INLINE void follow_plan(sn_phase_plan *plan, const sn_forward *f, size_t index, size_t step_row,
                           sn_range all, bool backwards) {
    for (size_t g = 0; g < plan->groups; g++) {
        const sn_phase_group *group = &plan->group[backwards ? plan->groups - 1 - g : g];
        // Else it might be a part of a block, the last of which brings the element-wise part.
        SN_ASSERT(!backwards || group->tiles == 1);
        sn_phase_panels *panels = &plan->panels[group->first];
        for (size_t t = 0; t < group->tiles; t++) {
            const sn_range range = sn_share(plan->rows, t, group->tiles);
            const size_t first = all.begin + range.begin;
            phase_rows rows;
            find_rows(&rows, f, index, step_row, (sn_range){first, all.begin + range.end});
            for (size_t m = 0; m < group->count; m++) run_tile(&panels[m], &rows);
            const size_t units = group->units.end - group->units.begin;
            if (units == 0) continue;
            sn_patch patch = {step_row, first, rows.height, group->units.begin, units};
            f->context->isa->forward[f->run->cell->kind][index](&f->pass, &patch);
        }
    }
}

// Where the last group of some panels of several gates begins: a block of them, or what a tile meets
// at once where gates are interleaved, which is as much of that group alone: where there is a tile
// for three or four panels, there is one for two.
static size_t last_group(const sn_isa *isa, const sn_panels *panels, sn_range range, size_t rows) {
    const size_t each = sn_block_panels(isa, panels);
    if (each > 1) return range.end - each;
    const sn_panel last = sn_panel_at(isa, panels, range.end - 1);
    return range.end - sn_panels_to_meet(isa, panels, &last, range.begin, range.end, rows);
}

// The only step of a pass needs no plan for the next ones. It plans a group and runs it, one after
// the other, so that a core already plans while it still multiplies.
static void run_single(sn_phase_plan *plan, const sn_forward *f, size_t index, size_t step_row,
                       bool backwards, sn_part part) {
    const sn_panels *hidden = &f->run->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t each = sn_block_panels(isa, hidden);
    const size_t count = part.rows.end - part.rows.begin;
    sn_panel panel = {0};
    sn_range alike = {0, 0};
    plan->rows = count;
    for (sn_range left = part.panels; left.begin < left.end;) {
        const size_t p = backwards ? last_group(isa, hidden, left, count) : left.begin;
        size_t end = p + each;
        if (p >= alike.begin && end <= alike.end) {
            const ptrdiff_t columns = (ptrdiff_t)(panel.vectors * isa->lanes);
            move_group(plan, f, index, &plan->group[0], backwards ? -columns : columns);
        } else {
            panel = sn_panel_at(isa, hidden, p);
            plan->groups = 0;
            end = plan_group(plan, f, index, &panel, p, left, count);
            SN_ASSERT(!backwards || end == left.end);
            if (each > 1 && end - p == each) alike = sn_panels_alike(isa, hidden, &panel);
        }
        follow_plan(plan, f, index, step_row, part.rows, false);
        if (backwards)
            left.end = p;
        else
            left.begin = end;
    }
}

// One phase of one step for the given rows (of the batch) and panels, in one order or the other.
static void run_phase(const sn_forward *f, size_t index, size_t step, bool backwards,
                      sn_part part) {
    const sn_isa *isa = f->context->isa;
    const size_t count = part.rows.end - part.rows.begin;
    if (count == 0) return;
    const size_t step_row = f->pass.batch->first_row[step];
    sn_phase_plan *plan = &f->plans[index];
    // Panels of one gate alone may differ in width, and what a tile of few rows meets with them.
    backwards &= f->run->panels->hidden[index].gates > 1;
    if (f->pass.batch->steps == 1) {
        run_single(plan, f, index, step_row, backwards, part);
    } else {
        for (size_t p = part.panels.begin; p < part.panels.end; p = plan->range.end) {
            const bool fits = plan->rows == count && plan->range.begin == p &&
                              plan->steps_project == f->steps_project;
            if (!fits) make_plan(plan, f, index, (sn_range){p, part.panels.end}, count);
            follow_plan(plan, f, index, step_row, part.rows, backwards);
        }
    }
    if (count > SN_ROWS_TOGETHER) return;
    const sn_range units = sn_panel_units(isa, &f->run->panels->hidden[index], part.panels);
    sn_patch patch = {step_row, part.rows.begin, count, units.begin, units.end - units.begin};
    isa->forward[f->run->cell->kind][index](&f->pass, &patch);
}

// Whether the step that follows `done` steps goes through the blocks of W_hh, and of W_ih where it
// projects its own input, from the last to the first. More rows wait for weights less, and those in
// ascending order come by themselves.
static bool goes_backwards(const sn_forward *f, size_t done, size_t rows) {
    return f->alternates && rows <= SN_ROWS_OF_PANELS && (f->run->steps_before + done) % 2 == 1;
}

// The steps of the chunk that follows `done` steps, in the order of this direction.
static size_t chunk_length(const sn_forward *f, size_t done) {
    const sn_batch *batch = f->pass.batch;
    const sn_panels *input = &f->run->panels->input;
    const size_t weights = f->run->input.ids ? 0 : input->gates * input->columns * input->inner;
    const size_t most = sn_forward_chunk_bytes(weights * sn_element_bytes(input->element));
    size_t bytes = 0, steps = 0;
    while (done + steps < batch->steps && (steps == 0 || bytes < most)) {
        size_t step = batch->reversed ? batch->steps - 1 - done - steps : done + steps;
        bytes += sn_step_rows(batch, step) * f->pass.saved_size * sizeof(float);
        steps++;
    }
    return steps;
}

// The rows from which on a step projects its own input: where the steps of a thread are its own
// anyway, or there is only one; where that needs no panels cut into blocks of k's; and where one
// product feeds the very sums that the other does, or does so for most gates and those have panels
// of their own, which rows then meet one at a time.
static size_t least_projected(const sn_context *context, const sn_recurrent_run *run,
                              sn_division division) {
    const sn_cell *cell = run->cell;
    const bool steps_are_own = division.by_rows || run->batch->steps == 1;
    if (!steps_are_own || run->input.ids || run->input_size > SN_PACKED_BLOCK) return SIZE_MAX;
    bool same_sums = cell->phases == 1 && !cell->splits_candidate && cell->forward[0].column == 0;
    for (size_t gate = 0; gate < cell->gates; gate++)
        same_sums &= cell->input_row[gate] == cell->forward[0].gate_row[gate];
    if (same_sums) return 0;
    return context->isa->gates_apart ? SN_ROWS_OF_PANELS + 1 : SIZE_MAX;
}

static void run_by_units(const sn_team *team, sn_forward *f) {
    const sn_batch *batch = f->pass.batch;
    const sn_isa *isa = f->context->isa;
    const size_t T = batch->steps;
    const bool replaces_state = f->run->hn && f->run->hn == f->run->h0;
    f->steps_project = sn_step_rows(batch, 0) >= f->least_projected;
    for (size_t done = 0; done < T;) {
        size_t steps = chunk_length(f, done);
        size_t low = batch->reversed ? T - done - steps : done;
        if (!f->pass.saved) f->pass.sums_from = batch->first_row[low];
        sn_part projected = {{batch->first_row[low], batch->first_row[low + steps]},
                             sn_panel_share(isa, &f->run->panels->input, team->index,
                                            team->count)};
        // A thread's steps begin from what it projected itself: panels of the input and of the
        // first phase cover the same units. A second phase comes after a barrier.
        if (!f->steps_project) project(f, projected);
        for (size_t end = done + steps; done < end; done++) {
            size_t step = batch->reversed ? T - 1 - done : done;
            for (size_t phase = 0; phase < f->run->cell->phases; phase++) {
                const sn_panels *hidden = &f->run->panels->hidden[phase];
                const sn_range rows = {batch->first_row[step], batch->first_row[step + 1]};
                run_phase(f, phase, step, goes_backwards(f, done, rows.end - rows.begin),
                          (sn_part){rows, sn_panel_share(isa, hidden, team->index,
                                                         team->count)});
                // Behind the last phase nothing is read, but a state that hn takes the place of, in
                // the last step too where a sequence begins with it.
                const bool is_last = done + 1 == T && phase + 1 == f->run->cell->phases;
                if (!is_last || replaces_state) sn_barrier_wait(team);
            }
        }
    }
}

// The sequences that a thread carries, of all of which it has some units where it carries none.
static sn_range own_sequences(const sn_team *team, const sn_forward *f) {
    const sn_range all = sn_all_sequences(f->pass.batch);
    return f->division.by_rows ? sn_sequence_share(f->pass.batch, all, team->index, team->count)
                               : all;
}

// The units of them whose states it computes.
static sn_range own_units(const sn_team *team, const sn_forward *f) {
    const sn_isa *isa = f->context->isa;
    const sn_panels *hidden = &f->run->panels->hidden[f->run->cell->phases - 1];
    return f->division.by_rows
               ? (sn_range){0, f->pass.hidden}
               : sn_panel_units(isa, hidden,
                                sn_panel_share(isa, hidden, team->index, team->count));
}

// The rows of a thread lie beside those of another in whatever has a row for each of the batch:
// what one writes, the other's core fetches ahead. What a thread reads again, sums and the states
// that it carries, it therefore keeps apart, unless its rows are so long that their ends do not
// matter and backward needs everything in its place anyway.
static void keep_apart(const sn_team *team, sn_forward *f, sn_range own) {
    const size_t floats = (own.end - own.begin) * f->pass.hidden;
    if (f->pass.saved && floats > SN_SHORT_ROWS_FLOATS) return;
    const size_t apart = team->index * SN_FLOATS_APART;
    f->pass.sums = f->workspace.sums + own.begin * f->pass.saved_size + apart;
    f->pass.h_carried = f->workspace.h[0] + apart;
    f->pass.h_next = f->workspace.h[1] + apart;
    if (f->workspace.c) f->pass.c_carried = f->workspace.c + apart;
}

static void run_by_rows(const sn_team *team, sn_forward *f) {
    const sn_batch *batch = f->pass.batch;
    const sn_isa *isa = f->context->isa;
    const sn_range own = own_sequences(team, f);
    keep_apart(team, f, own);
    for (size_t done = 0; done < batch->steps; done++) {
        size_t step = batch->reversed ? batch->steps - 1 - done : done;
        const sn_range rows = sn_active_rows(batch, step, own);
        if (f->pass.sums != f->pass.saved) f->pass.sums_from = rows.begin;
        f->steps_project = rows.end - rows.begin >= f->least_projected;
        if (!f->steps_project)
            project(f, (sn_part){rows, sn_all_panels(isa, &f->run->panels->input)});
        for (size_t phase = 0; phase < f->run->cell->phases; phase++)
            run_phase(f, phase, step, goes_backwards(f, done, rows.end - rows.begin),
                      (sn_part){rows, sn_all_panels(isa, &f->run->panels->hidden[phase])});
        float *before = f->pass.h_carried;  // NULL like h_next where none is
        f->pass.h_carried = f->pass.h_next;
        f->pass.h_next = before;
    }
}

static void run_direction(const sn_team *team, const sn_forward *shared) {
    sn_phase_plan plans[SN_MAX_PHASES];
    for (size_t phase = 0; phase < SN_MAX_PHASES; phase++) plans[phase].rows = 0;
    sn_forward own = *shared, *f = &own;
    own.plans = plans;
    const sn_pass *pass = &f->pass;
    const sn_recurrent_run *run = f->run;
    if (run->input.ids) {
        project_rows(f, f->workspace.table_sums[0], run->input.x,
                     sn_gemm_share(f->context->isa, &run->panels->input, run->input.table_rows,
                                   team->index, team->count));
        sn_barrier_wait(team);
    }
    if (f->division.by_rows)
        run_by_rows(team, f);
    else
        run_by_units(team, f);
    const size_t H = pass->hidden;
    const sn_range sequences = own_sequences(team, f), units = own_units(team, f);
    const size_t bytes = (units.end - units.begin) * sizeof(float);
    for (size_t b = sequences.begin; b < sequences.end; b++) {
        const size_t row = sn_last_row(pass->batch, b), to = b * H + units.begin;
        const float *h = pass->y + row * pass->y_stride;
        const float *c = pass->c_carried ? sn_pass_carried(pass, pass->c_carried, b)
                                         : sn_pass_cells(pass, row);
        if (run->hn) memcpy(run->hn + to, h + units.begin, bytes);
        if (run->cn) memcpy(run->cn + to, c + units.begin, bytes);
    }
}

typedef struct forward_arguments {
    const sn_forward *directions;
    size_t count;
} forward_arguments;

static void forward_body(const sn_team *team, void *arguments) {
    const forward_arguments *f = arguments;
    if (sn_is_side_by_side(team, f->directions[0].division)) {
        size_t half;
        const sn_team own = sn_team_half(team, &half);
        run_direction(&own, &f->directions[half]);
        return;
    }
    for (size_t d = 0; d < f->count; d++) run_direction(team, &f->directions[d]);
}

// Whether a thread's weights may not stay in its L2, of which a quarter, if its size is known, is
// left to what else a step reads.
static bool overflows(const sn_context *context, const sn_recurrent_run *run, sn_division division,
                      size_t threads) {
    const size_t sharing = division.by_rows ? 1 : division.side_by_side ? threads / 2 : threads;
    return sn_recurrent_weight_bytes(run) >= sharing * context->l2_bytes / 4 * 3;
}

size_t sn_recurrent_threads(const sn_context *context, const sn_recurrent_run *run) {
    size_t threads;
    sn_recurrent_division(context, run, 1, false, &threads);
    return threads;
}

bool sn_recurrent_alternates(const sn_context *context, const sn_recurrent_run *run) {
    size_t threads;
    const sn_division division = sn_recurrent_division(context, run, 1, false, &threads);
    return run->panels->hidden[0].gates > 1 &&
           sn_step_rows(run->batch, run->batch->steps - 1) <= SN_ROWS_OF_PANELS &&
           overflows(context, run, division, threads);
}

void sn_recurrent_forward(const sn_context *context, const sn_recurrent_run *runs, size_t count) {
    SN_ASSERT(count >= 1 && count <= SN_MAX_DIRECTIONS);
    sn_forward directions[SN_MAX_DIRECTIONS];
    size_t threads;
    const sn_division division =
        sn_recurrent_division(context, &runs[0], count, false, &threads);
    const bool alternates = overflows(context, &runs[0], division, threads);
    for (size_t d = 0; d < count; d++) {
        SN_ASSERT(!runs[d].saved || !runs[d].cell->has_cell_state || runs[d].cells);
        sn_recurrent_workspace parts = sn_recurrent_workspace_of(context, &runs[d], false);
        sn_pass pass = sn_recurrent_pass_of(&runs[d], &parts);
        pass.sums = runs[d].saved ? runs[d].saved : parts.sums;
        pass.state_size = sn_state_size(runs[d].hidden_size);
        if (!runs[d].cells) pass.c_carried = parts.c;
        directions[d] = (sn_forward){.context = context,
                                     .run = &runs[d],
                                     .pass = pass,
                                     .workspace = parts,
                                     .division = division,
                                     .least_projected =
                                         least_projected(context, &runs[d], division),
                                     .alternates = alternates};
    }
    forward_arguments arguments = {directions, count};
    sn_parallel(context, threads, forward_body, &arguments);
}
