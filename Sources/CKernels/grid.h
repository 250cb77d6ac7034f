// How the threads of a team divide work in two ways at once. Private to the kernels.
#ifndef SN_GRID_H
#define SN_GRID_H

#include "threading.h"

// Parts across and down, a thread each; the last threads may have none.
typedef struct sn_grid {
    size_t across, down;
} sn_grid;

// The grid in which the busiest thread has least of `across` × `down` items, few parts down.
static inline sn_grid sn_grid_of(const sn_team *team, size_t across, size_t down) {
    sn_grid best = {1, 1};
    size_t least = across * down;
    for (size_t d = 1; d <= team->count && d <= down; d++) {
        size_t a = team->count / d < across ? team->count / d : across;
        size_t work = ((across + a - 1) / a) * ((down + d - 1) / d);
        if (work < least) {
            least = work;
            best = (sn_grid){a, d};
        }
    }
    return best;
}

// The thread's share of `items` across, and of those down.
static inline sn_range sn_grid_across(const sn_team *team, sn_grid grid, size_t items) {
    if (team->index >= grid.across * grid.down) return (sn_range){0, 0};
    return sn_share(items, team->index / grid.down, grid.across);
}

static inline sn_range sn_grid_down(const sn_team *team, sn_grid grid, size_t items) {
    if (team->index >= grid.across * grid.down) return (sn_range){0, 0};
    return sn_share(items, team->index % grid.down, grid.down);
}

#endif
