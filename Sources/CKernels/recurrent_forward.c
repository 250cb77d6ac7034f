#include <string.h>

#include "recurrent.h"

// What comes between the tiles of a step takes as long as some of them in a small layer.
#define SN_IN_LINE static inline __attribute__((always_inline))

// One direction's pass. Each thread has one of its own.
typedef struct sn_forward {
    const sn_context *context;
    const sn_recurrent_run *run;
    sn_pass pass;
    sn_recurrent_workspace workspace;
    sn_division division;
    // Whether a step may project its own input: where the steps of a thread are its own anyway, or
    // there is only one.
    bool steps_are_own;
    // Whether the product of the input is the first part of the step's, rather than a pass before
    // it or before some steps.
    bool steps_project;
    // Whether a thread's weights may not stay in its L2, where every other step of a few rows then
    // goes through them from their end, which is still there.
    bool alternates;
    struct phase_plan *plans;  // of each phase, the thread's own
} sn_forward;

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

enum {
    // Up to so many rows, the element-wise part follows all products of a step, not those of some
    // panels: one row's activations, a vector at a time, would wait for each other.
    SN_ROWS_TOGETHER = 2,
    // Up to so many rows, a tile meets several panels at once.
    SN_ROWS_OF_PANELS = 3,
    // The states of a thread's rows of a step, up to which it keeps them apart in training.
    SN_SHORT_ROWS_FLOATS = 1 << 12,
    // What a plan has room for: of 256 units all panels that hold one gate, and a group more.
    SN_PLANNED_PANELS = 64 + SN_GROUP_PANELS + 1,
};

// Panels of a phase that a tile meets at once, and all of the tile that is the same for any rows.
// Every tile reads this again, and weights have pushed what lies apart out of the first cache by
// then.
typedef struct phase_panels {
    const sn_tile_function *by_rows;
    sn_tile tile;
    size_t column;       // of the first panel, in a row of sums
    bool goes_on;        // whether it starts from the sums that are there
    bool from_input;     // whether its product is that of x
    const void *b;       // the panels of the tile's product
    const void *more;    // of the step's product behind it; NULL for none
    size_t more_beside;  // as b_beside of that one
} phase_panels;

// Where the panel of W_ih lies that feeds a block of the sums of the units that a panel of W_hh
// holds, which is as wide.
static inline const void *input_panel(const sn_forward *f, const sn_panel *hidden, size_t block) {
    const sn_isa *isa = f->context->isa;
    const sn_panels *input = &f->run->panels->input;
    const size_t before =
        isa->gates_apart ? hidden->unit * input->gates + block * hidden->vectors * isa->lanes
                         : hidden->before;
    return sn_panels_from(input, before * sn_panels_room(input));
}

// How the sums of `met` panels of W_hh from panel p on come about: in one tile or, where W_ih feeds
// another block than W_hh does, in two. Returns how many.
SN_IN_LINE size_t find_panels(phase_panels *panels, const sn_forward *f, size_t index,
                              const sn_panel *panel, size_t p, size_t met) {
    const sn_isa *isa = f->context->isa;
    const sn_panels *hidden = &f->run->panels->hidden[index], *input = &f->run->panels->input;
    const float *bias = f->run->panels->bias;
    const size_t block = f->run->cell->forward[index].column + panel->gate;
    sn_tile tile = sn_panel_tile(isa, hidden, panel);
    sn_meet_panels(isa, &tile, hidden, panel, p, met);
    tile.c_row = f->pass.saved_size;
    panels->by_rows = isa->tile_by_rows[hidden->element][met][panel->vectors];
    panels->column = block * f->pass.hidden + panel->unit;
    panels->goes_on = !f->steps_project;
    panels->from_input = f->steps_project && block < f->run->cell->gates;
    panels->b = sn_panels_from(hidden, panel->offset);
    panels->more = NULL;
    if (panels->from_input) {
        panels->more = panels->b;
        panels->more_beside = sn_words_beside(isa, hidden, panel);
        panels->b = input_panel(f, panel, block);
        tile.b_beside = sn_words_beside(isa, input, panel);
    }
    if (panels->goes_on)
        tile.init_row = tile.c_row;
    else
        tile.init = bias + panels->column;
    tile.inner = panels->from_input ? f->run->input_size : f->pass.hidden;
    panels->tile = tile;
    if (!f->steps_project || panels->from_input) return 1;
    // W_ih feeds the candidate's first block.
    SN_ASSERT(met == 1 && f->run->cell->splits_candidate);
    panels[1] = panels[0];
    panels[1].column = panel->unit;
    panels[1].from_input = true;
    panels[1].b = input_panel(f, panel, 0);
    panels[1].tile.init = bias + panel->unit;
    panels[1].tile.inner = f->run->input_size;
    return 2;
}

// Panels that some rows meet one after the other, before the next rows come.
typedef struct phase_group {
    size_t first, count;  // of the plan's panels
    size_t tiles;         // into which the rows are cut
    // Whose element-wise part follows each tile of rows: none before a block is complete, or where
    // that part comes for all units of the step together.
    sn_range units;
} phase_group;

// How some rows go through panels of a phase, which is the same in each step of as many rows.
typedef struct phase_plan {
    sn_range range;      // panels of the phase
    size_t rows;
    bool steps_project;
    size_t groups;
    phase_group group[SN_PLANNED_PANELS];
    phase_panels panels[SN_PLANNED_PANELS];
} phase_plan;

// Makes of group `from`, a whole block, that of a block as wide and so many columns on, in its
// place or behind it: the same would be found again, but that takes longer.
SN_IN_LINE void move_group(phase_plan *plan, const sn_forward *f, size_t index, size_t from,
                           size_t to, ptrdiff_t columns) {
    const sn_panels *hidden = &f->run->panels->hidden[index], *input = &f->run->panels->input;
    const phase_group *old = &plan->group[from];
    phase_group *group = &plan->group[to];
    const size_t first = to > from ? old->first + old->count : old->first;
    const ptrdiff_t bytes = columns * (ptrdiff_t)sn_element_bytes(hidden->element);
    const ptrdiff_t hidden_bytes = bytes * (ptrdiff_t)(hidden->gates * sn_panels_room(hidden));
    const ptrdiff_t input_bytes = bytes * (ptrdiff_t)(input->gates * sn_panels_room(input));
    for (size_t m = 0; m < old->count; m++) {
        phase_panels *panels = &plan->panels[first + m];
        if (to > from) *panels = plan->panels[old->first + m];
        panels->column += (size_t)columns;
        panels->b = (const char *)panels->b + (panels->from_input ? input_bytes : hidden_bytes);
        if (panels->more) panels->more = (const char *)panels->more + hidden_bytes;
        if (!panels->goes_on) panels->tile.init += columns;
    }
    *group = *old;
    group->first = first;
    if (group->units.end == 0) return;
    group->units.begin += (size_t)columns;
    group->units.end += (size_t)columns;
}

// Plans the group that begins with panel p of the range, behind those that are planned already.
// Rows meet a group of panels one after the other: all of a block, or those of several blocks; else
// each panel of a block by itself. Returns the end of the group.
SN_IN_LINE size_t plan_group(phase_plan *plan, const sn_forward *f, size_t index,
                             const sn_panel *panel, size_t p, sn_range range, size_t rows) {
    const sn_panels *hidden = &f->run->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t inner = f->pass.hidden + (f->steps_project ? f->run->input_size : 0);
    const size_t each = sn_block_panels(isa, hidden);
    const size_t block_end = each > 1 ? p - panel->gate + each : range.end;
    const sn_group cut = sn_group_at(isa, hidden, panel, p, block_end, rows, inner);
    size_t end = cut.end;
    if (each > 1 && end < block_end) end = cut.tiles > 1 ? p + 1 : block_end;
    phase_group *group = &plan->group[plan->groups];
    const size_t first = plan->groups == 0 ? 0 : group[-1].first + group[-1].count;
    plan->groups++;
    *group = (phase_group){.first = first, .tiles = cut.tiles};
    for (size_t q = p, met; q < end; q += met) {
        const sn_panel own = q == p ? *panel : sn_panel_at(isa, hidden, q);
        met = cut.tiles > 1 || q == p ? cut.met
                                      : sn_panels_to_meet(isa, hidden, &own, q, block_end, rows);
        group->count +=
            find_panels(&plan->panels[first + group->count], f, index, &own, q, met);
    }
    if (rows > SN_ROWS_TOGETHER && (each == 1 || end == block_end))
        group->units = sn_panel_units(isa, hidden, (sn_range){p, end});
    return end;
}

// Plans as many groups as there is room for, from the beginning of the range.
static void make_plan(phase_plan *plan, const sn_forward *f, size_t index, sn_range range,
                      size_t rows) {
    const sn_panels *hidden = &f->run->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t each = sn_block_panels(isa, hidden);
    size_t p = range.begin, found = 0;
    plan->groups = 0;
    for (size_t end; p < range.end && found + SN_GROUP_PANELS + 1 <= SN_PLANNED_PANELS; p = end) {
        const sn_panel panel = sn_panel_at(isa, hidden, p);
        end = plan_group(plan, f, index, &panel, p, range, rows);
        const size_t count = plan->group[plan->groups - 1].count;
        found += count;
        if (each == 1 || end - p < each) continue;
        const sn_range alike = sn_panels_alike(isa, hidden, &panel);
        for (; end < range.end && end + each <= alike.end; end += each, found += count) {
            if (found + SN_GROUP_PANELS + 1 > SN_PLANNED_PANELS) break;
            move_group(plan, f, index, plan->groups - 1, plan->groups,
                       (ptrdiff_t)(panel.vectors * isa->lanes));
            plan->groups++;
        }
    }
    plan->range = (sn_range){range.begin, p};
    plan->rows = rows;
    plan->steps_project = f->steps_project;
}

// What the rows of a tile are to each of its panels.
typedef struct phase_rows {
    float *sums, *saved;
    size_t height;
    const float *x[SN_MAX_ROWS];
    sn_tile_product recurrent;  // of h, or of a block of `saved`
} phase_rows;

SN_IN_LINE void find_rows(phase_rows *rows, const sn_forward *f, size_t index, size_t step_row,
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
SN_IN_LINE void run_tile(phase_panels *panels, phase_rows *rows) {
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
SN_IN_LINE void follow_plan(phase_plan *plan, const sn_forward *f, size_t index, size_t step_row,
                            sn_range all, bool backwards) {
    for (size_t g = 0; g < plan->groups; g++) {
        const phase_group *group = &plan->group[backwards ? plan->groups - 1 - g : g];
        phase_panels *panels = &plan->panels[group->first];
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

// The only step of a pass needs no plan for the next ones. It plans a group and runs it, one after
// the other, so that a core already plans while it still multiplies.
static void run_single(phase_plan *plan, const sn_forward *f, size_t index, size_t step_row,
                       bool backwards, sn_part part) {
    const sn_panels *hidden = &f->run->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t each = sn_block_panels(isa, hidden);
    const size_t count = part.rows.end - part.rows.begin;
    sn_panel panel = {0};
    sn_range alike = {0, 0};
    plan->rows = count;
    for (sn_range left = part.panels; left.begin < left.end;) {
        const size_t p = backwards ? left.end - each : left.begin;
        if (p >= alike.begin && p + each <= alike.end) {
            const ptrdiff_t columns = (ptrdiff_t)(panel.vectors * isa->lanes);
            move_group(plan, f, index, 0, 0, backwards ? -columns : columns);
            if (backwards)
                left.end -= each;
            else
                left.begin += each;
        } else {
            panel = sn_panel_at(isa, hidden, p);
            plan->groups = 0;
            const size_t end = plan_group(plan, f, index, &panel, p, left, count);
            if (each > 1 && end - p == each) alike = sn_panels_alike(isa, hidden, &panel);
            if (backwards)
                left.end = p;
            else
                left.begin = end;
        }
        follow_plan(plan, f, index, step_row, part.rows, false);
    }
}

// One phase of one step for the given rows (of the batch) and panels, in one order or the other.
static void run_phase(const sn_forward *f, size_t index, size_t step, bool backwards,
                      sn_part part) {
    const sn_isa *isa = f->context->isa;
    const size_t count = part.rows.end - part.rows.begin;
    if (count == 0) return;
    const size_t step_row = f->pass.batch->first_row[step];
    phase_plan *plan = &f->plans[index];
    if (f->pass.batch->steps == 1) {
        run_single(plan, f, index, step_row, backwards, part);
    } else {
        for (size_t p = part.panels.begin; p < part.panels.end; p = plan->range.end) {
            const bool fits = plan->range.begin == p && plan->rows == count &&
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

// Whether the step that follows `done` steps goes through the blocks of the weights from the last
// to the first. More rows wait for weights less, and those in ascending order come by themselves.
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

// Whether a step of so many rows projects its own input: where that needs no panels cut into blocks
// of k's, and one product feeds the very sums that the other does, or does so for most gates and
// those have panels of their own, which rows then meet one at a time.
static bool projects(const sn_forward *f, size_t rows) {
    const sn_recurrent_run *run = f->run;
    const sn_cell *cell = run->cell;
    if (!f->steps_are_own || run->input.ids || run->input_size > SN_PACKED_BLOCK) return false;
    bool same_sums = cell->phases == 1 && !cell->splits_candidate && cell->forward[0].column == 0;
    for (size_t gate = 0; gate < cell->gates; gate++)
        same_sums &= cell->input_row[gate] == cell->forward[0].gate_row[gate];
    return same_sums || (f->context->isa->gates_apart && rows > SN_ROWS_OF_PANELS);
}

static void run_by_units(const sn_team *team, sn_forward *f) {
    const sn_batch *batch = f->pass.batch;
    const sn_isa *isa = f->context->isa;
    const size_t T = batch->steps;
    const bool replaces_state = T == 1 && f->run->hn && f->run->hn == f->run->h0;
    f->steps_project = projects(f, sn_step_rows(batch, 0));
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
                // Behind the last phase nothing is read, but a state that hn takes the place of.
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
        f->steps_project = projects(f, rows.end - rows.begin);
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
    phase_plan plans[SN_MAX_PHASES];
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

void sn_recurrent_forward(const sn_context *context, const sn_recurrent_run *runs, size_t count) {
    SN_ASSERT(count >= 1 && count <= SN_MAX_DIRECTIONS);
    sn_forward directions[SN_MAX_DIRECTIONS];
    size_t threads;
    const sn_division division =
        sn_recurrent_division(context, &runs[0], count, false, &threads);
    const bool steps_are_own = division.by_rows || runs[0].batch->steps == 1;
    // Half of an L2 is left to what else a step reads. Interleaved gates gained nothing by it.
    const bool alternates =
        context->isa->gates_apart &&
        sn_recurrent_weight_bytes(&runs[0]) >= threads * context->l2_bytes / 2;
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
                                     .steps_are_own = steps_are_own,
                                     .alternates = alternates};
    }
    forward_arguments arguments = {directions, count};
    sn_parallel(context, threads, forward_body, &arguments);
}
