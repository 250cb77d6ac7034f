// The micro-kernels of every product: c = init + a·b for a tile of R rows and V vectors,
// each output element one chain of multiply-adds in ascending k. Elements of b that are bf16
// become floats on their way into the registers: the sums are those of the floats.

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

// Vector v of b that an even k meets, or the odd one behind it; `word` is where those of the even
// one lie.
SN_INLINE vf SN_ISA(b_vector)(const float *word, size_t b_step, int v, const sn_element element,
                              const bool odd) {
    const float *from = word + v * SN_LANES;
    if (element == SN_F32) return vf_load(odd ? from + b_step : from);
    return odd ? vf_high_bf16(vf_load(from)) : vf_low_bf16(vf_load(from));
}

// sum[R][V] += x[R]·b[V] of one k. What there is less of, of x and b, waits in registers.
SN_INLINE void SN_ISA(add_products)(vf (*sum)[SN_MAX_VECTORS], const float *const *row,
                                    const float *column, size_t k, const float *word,
                                    size_t b_step, const int R, const int V,
                                    const enum sn_operand operand, const sn_element element,
                                    const bool odd) {
    vf waiting[SN_MAX_VECTORS];
    if (R <= V) {
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++)
            waiting[r] = vf_set(operand == SN_A_ROWS ? row[r][k] : column[r]);
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) {
            vf b = SN_ISA(b_vector)(word, b_step, v, element, odd);
#pragma clang loop unroll(full)
            for (int r = 0; r < R; r++) sum[r][v] = vf_fma(waiting[r], b, sum[r][v]);
        }
        return;
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) waiting[v] = SN_ISA(b_vector)(word, b_step, v, element, odd);
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++) {
        vf x = vf_set(operand == SN_A_ROWS ? row[r][k] : column[r]);
#pragma clang loop unroll(full)
        for (int v = 0; v < V; v++) sum[r][v] = vf_fma(x, waiting[v], sum[r][v]);
    }
}

// The places of the tile's sums: panel p of P, row r of R, vector v of V.
#define SN_EACH_SUM(P, R, V)                                                            \
    _Pragma("clang loop unroll(full)") for (int p = 0; p < (P); p++)                    \
        _Pragma("clang loop unroll(full)") for (int r = 0; r < (R); r++)                \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < (V); v++)
#define SN_EACH_PANEL(P) _Pragma("clang loop unroll(full)") for (int p = 0; p < (P); p++)

SN_INLINE void SN_ISA(tile)(const sn_tile *tile, const float *const *a, const void *b,
                            const int P, const int R, const int V, const enum sn_operand operand,
                            const sn_element element) {
    enum { PANELS = 2 };
    vf sum[PANELS][SN_MAX_ROWS][SN_MAX_VECTORS];
    const float *row[SN_MAX_ROWS], *word[PANELS] = {b, P == 1 ? NULL : tile->beside};
    const size_t a_step = tile->a_step, b_step = tile->b_step;
    const size_t c_beside = P == 1 ? 0 : tile->c_beside;
    const sn_tile_product *more = operand == SN_A_ROWS ? tile->more : NULL;
    const bool whole = tile->lanes == SN_LANES && tile->last_lanes == SN_LANES;
    size_t inner = tile->inner;
    const float *const init = tile->init;
// Valid lanes of a vector; all of every panel but the last.
#define SN_VALID (p + 1 < P ? SN_LANES : v + 1 < V ? tile->lanes : tile->last_lanes)
#define SN_PLACE(row_step, vector_step) \
    ((size_t)p * c_beside + (size_t)r * (row_step) + (size_t)v * (vector_step))
    if (!init)
        SN_EACH_SUM(P, R, V) sum[p][r][v] = vf_set(0);
    else if (whole)
        SN_EACH_SUM(P, R, V)
            sum[p][r][v] = vf_load(init + SN_PLACE(tile->init_row, tile->init_vector));
    else
        SN_EACH_SUM(P, R, V)
            sum[p][r][v] = SN_ISA(load_lanes)(
                init + SN_PLACE(tile->init_row, tile->init_vector), SN_VALID);
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++)
        if (operand == SN_A_ROWS) row[r] = a[r];
    const float *column = a[0];
    if (P == 1 && tile->ahead)
        SN_EACH_SUM(P, R, V)
            __builtin_prefetch(tile->ahead + SN_PLACE(tile->c_row, tile->c_vector), 1);
#pragma clang loop unroll(disable)
    for (;;) {
        const size_t last = inner / 2 * 2;
#pragma clang loop unroll(disable)
        for (size_t k = 0; k < last; k += 2) {
#pragma clang loop unroll(full)
            for (int odd = 0; odd < 2; odd++) {
                SN_EACH_PANEL(P)
                    SN_ISA(add_products)(sum[p], row, column, k + (size_t)odd, word[p], b_step, R,
                                         V, operand, element, odd);
                column += a_step;
            }
            SN_EACH_PANEL(P) word[p] += element == SN_F32 ? 2 * b_step : b_step;
        }
        if (last < inner)
            SN_EACH_PANEL(P)
                SN_ISA(add_products)(sum[p], row, column, last, word[p], b_step, R, V, operand,
                                     element, false);
        if (!more) break;
#pragma clang loop unroll(full)
        for (int r = 0; r < R; r++) row[r] = more->a[r];
        word[0] = more->b;
        if (P == 2) word[1] = more->beside;
        inner = more->inner;
        more = NULL;
    }
    if (whole)
        SN_EACH_SUM(P, R, V)
            vf_store(tile->c + SN_PLACE(tile->c_row, tile->c_vector), sum[p][r][v]);
    else
        SN_EACH_SUM(P, R, V)
            SN_ISA(store_lanes)(tile->c + SN_PLACE(tile->c_row, tile->c_vector), sum[p][r][v],
                                SN_VALID);
#undef SN_PLACE
#undef SN_VALID
}

// Tiles keep their sums in registers: 32 with AVX-512 and NEON, 16 elsewhere, of which some hold
// b or a. Panels of one gate are SN_PANEL_VECTORS wide, whose tiles reach the limit of
// arithmetic: with 16 registers 6 rows of two vectors do. bf16 passes through a register more on
// its way, and 16 sums of it (8 with 16 registers) reach the limit too.
#define SN_UP_TO_2(M, V) M(1, V) M(2, V)
#define SN_UP_TO_3(M, V) SN_UP_TO_2(M, V) M(3, V)
#define SN_UP_TO_4(M, V) SN_UP_TO_3(M, V) M(4, V)
#define SN_UP_TO_5(M, V) SN_UP_TO_4(M, V) M(5, V)
#define SN_UP_TO_6(M, V) SN_UP_TO_5(M, V) M(6, V)
#define SN_UP_TO_8(M, V) SN_UP_TO_6(M, V) M(7, V) M(8, V)
#if SN_REGISTERS == 32
#define SN_PANEL_VECTORS 4
#define SN_TILES_F32(M) SN_UP_TO_8(M, 1) SN_UP_TO_8(M, 2) SN_UP_TO_8(M, 3) SN_UP_TO_6(M, 4)
#define SN_TILES_BF16(M) SN_UP_TO_8(M, 1) SN_UP_TO_8(M, 2) SN_UP_TO_5(M, 3) SN_UP_TO_4(M, 4)
#define SN_TILE_ROWS {[SN_F32] = {0, 8, 8, 8, 6}, [SN_BF16] = {0, 8, 8, 5, 4}}
#else
#define SN_PANEL_VECTORS 2
#define SN_TILES_F32(M) SN_UP_TO_8(M, 1) SN_UP_TO_6(M, 2) SN_UP_TO_3(M, 3) SN_UP_TO_3(M, 4)
#define SN_TILES_BF16(M) SN_UP_TO_8(M, 1) SN_UP_TO_6(M, 2) SN_UP_TO_3(M, 3) SN_UP_TO_2(M, 4)
#define SN_TILE_ROWS {[SN_F32] = {0, 8, 6, 3, 3}, [SN_BF16] = {0, 8, 6, 3, 2}}
#endif

#define SN_TILE_OF(name, P, R, V, operand, element)                                          \
    static void SN_ISA(name)(const sn_tile *t, const float *const *a, const void *b) {       \
        SN_ISA(tile)(t, a, b, P, R, V, operand, element);                                    \
    }
#define SN_ROWS_F32(R, V) SN_TILE_OF(tile_rows_f32_##R##x##V, 1, R, V, SN_A_ROWS, SN_F32)
#define SN_ROWS_BF16(R, V) SN_TILE_OF(tile_rows_bf16_##R##x##V, 1, R, V, SN_A_ROWS, SN_BF16)
#define SN_COLUMNS_F32(R, V) \
    SN_TILE_OF(tile_columns_f32_##R##x##V, 1, R, V, SN_A_COLUMNS, SN_F32)
SN_TILES_F32(SN_ROWS_F32)
SN_TILES_BF16(SN_ROWS_BF16)
SN_TILES_F32(SN_COLUMNS_F32)

// One row by two panels. No two neighbours are of one vector: widths are nearly equal, and the
// widest panel has two at least.
#define SN_TWO_PANELS_F32(V) SN_TILE_OF(two_panels_f32_##V, 2, 1, V, SN_A_ROWS, SN_F32)
#define SN_TWO_PANELS_BF16(V) SN_TILE_OF(two_panels_bf16_##V, 2, 1, V, SN_A_ROWS, SN_BF16)
#define SN_TWO_PANELS(M) M(2) M(3) M(4)
SN_TWO_PANELS(SN_TWO_PANELS_F32)
SN_TWO_PANELS(SN_TWO_PANELS_BF16)

// Their places in the tables of the instruction set.
#define SN_AT_ROWS_F32(R, V) [SN_F32][V][R] = SN_ISA(tile_rows_f32_##R##x##V),
#define SN_AT_ROWS_BF16(R, V) [SN_BF16][V][R] = SN_ISA(tile_rows_bf16_##R##x##V),
#define SN_AT_COLUMNS_F32(R, V) [V][R] = SN_ISA(tile_columns_f32_##R##x##V),
#define SN_TABLE_ROWS {SN_TILES_F32(SN_AT_ROWS_F32) SN_TILES_BF16(SN_AT_ROWS_BF16)}
#define SN_AT_TWO_PANELS_F32(V) [SN_F32][V] = SN_ISA(two_panels_f32_##V),
#define SN_AT_TWO_PANELS_BF16(V) [SN_BF16][V] = SN_ISA(two_panels_bf16_##V),
#define SN_TABLE_TWO_PANELS \
    {SN_TWO_PANELS(SN_AT_TWO_PANELS_F32) SN_TWO_PANELS(SN_AT_TWO_PANELS_BF16)}
#define SN_TABLE_COLUMNS {SN_TILES_F32(SN_AT_COLUMNS_F32)}
