// How the rows of a step of forward go through the panels of the weights: what is the same in each
// step of as many rows. What comes between two tiles takes as long as some of them in a small
// layer, so there are no calls. Private to the kernels.
#ifndef SN_RECURRENT_PLAN_H
#define SN_RECURRENT_PLAN_H

#include "recurrent.h"

// One direction's pass. Each thread has one of its own.
typedef struct sn_forward {
    const sn_context *context;
    const sn_recurrent_run *run;
    sn_pass pass;
    sn_recurrent_workspace workspace;
    sn_division division;
    // Whether the product of the input is the first part of the step's, rather than a pass before
    // it or before some steps: of as many rows and more.
    bool steps_project;
    size_t least_projected;
    // Whether a thread's weights may not stay in its L2, where every other step of a few rows then
    // goes through them from their end, which is still there.
    bool alternates;
    struct sn_phase_plan *plans;  // of each phase, the thread's own
} sn_forward;

enum {
    // Up to so many rows, the element-wise part follows all products of a step, not those of some
    // panels: one row's activations, a vector at a time, would wait for each other.
    SN_ROWS_TOGETHER = 2,
    // Up to so many rows, a tile meets several panels at once.
    SN_ROWS_OF_PANELS = 3,
    // What a plan has room for: of 256 units all panels that hold one gate, and a group more.
    SN_PLANNED_PANELS = 64 + SN_GROUP_PANELS,
};

// Panels of a phase that a tile meets at once, and all of the tile that is the same for any rows.
// Every tile reads this again, and weights have pushed what lies apart out of the first cache by
// then.
typedef struct sn_phase_panels {
    const sn_tile_function *by_rows;
    sn_tile tile;
    size_t column;       // of the first panel, in a row of sums
    bool goes_on;        // whether it starts from the sums that are there
    bool from_input;     // whether its product is that of x
    const void *b;       // the panels of the tile's product
    const void *more;    // of the step's product behind it; NULL for none
    size_t more_beside;  // as b_beside of that one
} sn_phase_panels;

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
SN_INLINE size_t find_panels(sn_phase_panels *panels, const sn_forward *f, size_t index,
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
typedef struct sn_phase_group {
    size_t first, count;  // of the plan's panels
    size_t tiles;         // into which the rows are cut
    // Whose element-wise part follows each tile of rows: none before a block is complete, or where
    // that part comes for all units of the step together.
    sn_range units;
} sn_phase_group;

// How some rows go through panels of a phase, which is the same in each step of as many rows.
typedef struct sn_phase_plan {
    sn_range range;      // panels of the phase
    size_t rows;
    bool steps_project;
    size_t groups;
    sn_phase_group group[SN_PLANNED_PANELS];
    sn_phase_panels panels[SN_PLANNED_PANELS];
} sn_phase_plan;

// Makes of a group, a whole block, that of a block as wide and so many columns on: the same would
// be found again, but that takes longer.
SN_INLINE void move_group(sn_phase_plan *plan, const sn_forward *f, size_t index,
                          sn_phase_group *group, ptrdiff_t columns) {
    const sn_panels *hidden = &f->run->panels->hidden[index], *input = &f->run->panels->input;
    const ptrdiff_t bytes = columns * (ptrdiff_t)sn_element_bytes(hidden->element);
    const ptrdiff_t hidden_bytes = bytes * (ptrdiff_t)(hidden->gates * sn_panels_room(hidden));
    const ptrdiff_t input_bytes = bytes * (ptrdiff_t)(input->gates * sn_panels_room(input));
    for (size_t m = 0; m < group->count; m++) {
        sn_phase_panels *panels = &plan->panels[group->first + m];
        panels->column += (size_t)columns;
        panels->b = (const char *)panels->b + (panels->from_input ? input_bytes : hidden_bytes);
        if (panels->more) panels->more = (const char *)panels->more + hidden_bytes;
        if (!panels->goes_on) panels->tile.init += columns;
    }
    if (group->units.end == 0) return;
    group->units.begin += (size_t)columns;
    group->units.end += (size_t)columns;
}

// Adds a copy of the last group behind it.
SN_INLINE sn_phase_group *copy_group(sn_phase_plan *plan) {
    const sn_phase_group *last = &plan->group[plan->groups - 1];
    sn_phase_group *group = &plan->group[plan->groups++];
    *group = *last;
    group->first += last->count;
    for (size_t m = 0; m < last->count; m++)
        plan->panels[group->first + m] = plan->panels[last->first + m];
    return group;
}

// Plans the group that begins with panel p of the range, behind those that are planned already.
// Rows meet a group of panels one after the other: all of a block, or those of several blocks; else
// each panel of a block by itself. Returns the end of the group.
SN_INLINE size_t plan_group(sn_phase_plan *plan, const sn_forward *f, size_t index,
                            const sn_panel *panel, size_t p, sn_range range, size_t rows) {
    const sn_panels *hidden = &f->run->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t inner = f->pass.hidden + (f->steps_project ? f->run->input_size : 0);
    const size_t each = sn_block_panels(isa, hidden);
    const size_t block_end = each > 1 ? p - panel->gate + each : range.end;
    const sn_group cut = sn_group_at(isa, hidden, panel, p, block_end, rows, inner);
    size_t end = cut.end;
    if (each > 1 && end < block_end) end = cut.tiles > 1 ? p + 1 : block_end;
    sn_phase_group *group = &plan->group[plan->groups];
    const size_t first = plan->groups == 0 ? 0 : group[-1].first + group[-1].count;
    plan->groups++;
    *group = (sn_phase_group){.first = first, .tiles = cut.tiles};
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
static inline void make_plan(sn_phase_plan *plan, const sn_forward *f, size_t index, sn_range range,
                             size_t rows) {
    const sn_panels *hidden = &f->run->panels->hidden[index];
    const sn_isa *isa = f->context->isa;
    const size_t each = sn_block_panels(isa, hidden);
    size_t p = range.begin, found = 0;
    plan->groups = 0;
    for (size_t end; p < range.end && found + SN_GROUP_PANELS <= SN_PLANNED_PANELS; p = end) {
        const sn_panel panel = sn_panel_at(isa, hidden, p);
        end = plan_group(plan, f, index, &panel, p, range, rows);
        const size_t count = plan->group[plan->groups - 1].count;
        found += count;
        if (each == 1 || end - p < each) continue;
        const sn_range alike = sn_panels_alike(isa, hidden, &panel);
        for (; end < range.end && end + each <= alike.end; end += each, found += count) {
            if (found + SN_GROUP_PANELS > SN_PLANNED_PANELS) break;
            move_group(plan, f, index, copy_group(plan), (ptrdiff_t)(panel.vectors * isa->lanes));
        }
    }
    plan->range = (sn_range){range.begin, p};
    plan->rows = rows;
    plan->steps_project = f->steps_project;
}

#endif
