// The micro-kernels of every product: c = init + a·b for a tile of R rows and V vectors,
// each output element one chain of multiply-adds in ascending k.

enum sn_operand { SN_A_ROWS, SN_A_COLUMNS };

SN_INLINE vf SN_ISA(load_lanes)(const float *p, size_t lanes) {
    return lanes == SN_LANES ? vf_load(p) : vf_load_n(p, lanes);
}

SN_INLINE void SN_ISA(store_lanes)(float *p, vf v, size_t lanes) {
    if (lanes == SN_LANES)
        vf_store(p, v);
    else
        vf_store_n(p, v, lanes);
}

SN_INLINE void SN_ISA(tile)(const sn_tile *tile, const float *const *a, const float *b,
                            const int R, const int V, const enum sn_operand operand) {
    vf sum[SN_MAX_ROWS][SN_MAX_VECTORS];
    const float *row[SN_MAX_ROWS];
    const size_t inner = tile->inner, a_step = tile->a_step, b_step = tile->b_step;
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++) {
        if (operand == SN_A_ROWS) row[r] = a[r];
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) {
            const size_t lanes = v + 1 < V ? tile->lanes : tile->last_lanes;
            sum[r][v] = tile->init ? SN_ISA(load_lanes)(tile->init + (size_t)r * tile->init_row +
                                                            (size_t)v * tile->init_vector, lanes)
                                   : vf_set(0);
        }
    }
    const float *column = a[0];
    if (tile->ahead)
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
            for (int v = 0; v < V; v++)
                __builtin_prefetch(
                    tile->ahead + (size_t)r * tile->c_row + (size_t)v * tile->c_vector, 1);
#pragma clang loop unroll_count(2)
    for (size_t k = 0; k < inner; k++) {
        vf values[SN_MAX_VECTORS];
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) values[v] = vf_load(b + v * SN_LANES);
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++) {
            vf x = vf_set(operand == SN_A_ROWS ? row[r][k] : column[r]);
#pragma clang loop unroll(full)
            for (int v = 0; v < V; v++) sum[r][v] = vf_fma(x, values[v], sum[r][v]);
        }
        b += b_step;
        column += a_step;
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++)
            SN_ISA(store_lanes)(tile->c + (size_t)r * tile->c_row + (size_t)v * tile->c_vector,
                                sum[r][v], v + 1 < V ? tile->lanes : tile->last_lanes);
}

#define SN_TILE(R, V)                                                                       \
    static void SN_ISA(tile_rows_##R##x##V)(const sn_tile *t, const float *const *a,        \
                                            const float *b) {                               \
        SN_ISA(tile)(t, a, b, R, V, SN_A_ROWS);                                             \
    }                                                                                       \
    static void SN_ISA(tile_columns_##R##x##V)(const sn_tile *t, const float *const *a,     \
                                               const float *b) {                            \
        SN_ISA(tile)(t, a, b, R, V, SN_A_COLUMNS);                                          \
    }

// Tiles of up to SN_TILE_ROWS[V] rows keep their sums in registers: 32 registers with
// AVX-512 and NEON, 16 elsewhere, of which V hold b and one holds a. Panels of one gate are
// SN_PANEL_VECTORS wide, whose tiles reach the limit of arithmetic: with 16 registers 6 rows of
// two vectors do, while 4 of three do not find a register for everything.
#define SN_TILES(V) \
    SN_TILE(1, V) SN_TILE(2, V) SN_TILE(3, V)
SN_TILES(1) SN_TILES(2) SN_TILES(3) SN_TILES(4)
SN_TILE(4, 1) SN_TILE(5, 1) SN_TILE(6, 1) SN_TILE(7, 1) SN_TILE(8, 1)
SN_TILE(4, 2) SN_TILE(5, 2) SN_TILE(6, 2)
#define SN_TILE_LIST_3(kind, V) \
    SN_ISA(tile_##kind##_1x##V), SN_ISA(tile_##kind##_2x##V), SN_ISA(tile_##kind##_3x##V)
#define SN_TILE_LIST_6(kind, V)                                                              \
    SN_TILE_LIST_3(kind, V), SN_ISA(tile_##kind##_4x##V), SN_ISA(tile_##kind##_5x##V),       \
        SN_ISA(tile_##kind##_6x##V)
#define SN_TILE_LIST_8(kind, V) \
    SN_TILE_LIST_6(kind, V), SN_ISA(tile_##kind##_7x##V), SN_ISA(tile_##kind##_8x##V)

#if SN_REGISTERS == 32
SN_TILE(7, 2) SN_TILE(8, 2)
SN_TILE(4, 3) SN_TILE(5, 3) SN_TILE(6, 3) SN_TILE(7, 3) SN_TILE(8, 3)
SN_TILE(4, 4) SN_TILE(5, 4) SN_TILE(6, 4)
#define SN_PANEL_VECTORS 4
#define SN_TILE_ROWS {0, 8, 8, 8, 6}
#define SN_TILE_TABLE(kind)                                                                \
    {{0}, {0, SN_TILE_LIST_8(kind, 1)}, {0, SN_TILE_LIST_8(kind, 2)},                      \
     {0, SN_TILE_LIST_8(kind, 3)}, {0, SN_TILE_LIST_6(kind, 4)}}
#else
#define SN_PANEL_VECTORS 2
#define SN_TILE_ROWS {0, 8, 6, 3, 3}
#define SN_TILE_TABLE(kind)                                           \
    {{0}, {0, SN_TILE_LIST_8(kind, 1)}, {0, SN_TILE_LIST_6(kind, 2)}, \
     {0, SN_TILE_LIST_3(kind, 3)}, {0, SN_TILE_LIST_3(kind, 4)}}
#endif
