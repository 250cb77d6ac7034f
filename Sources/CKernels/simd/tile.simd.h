// The micro-kernels of every product: c = init + a·b for a tile of R rows and V vectors,
// each output element one chain of multiply-adds in ascending k. Elements of b that are bf16
// become floats on their way into the registers: the sums are those of the floats.

enum sn_operand { SN_A_ROWS, SN_A_COLUMNS };

// A loop of a count that the compiler knows.
#define SN_EACH(i, count) \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < (count); i++)

SN_INLINE vf SN_ISA(load_lanes)(const float *p, size_t lanes) {
    return lanes == SN_LANES ? vf_load(p) : vf_load_n(p, lanes);
}

SN_INLINE void SN_ISA(store_lanes)(float *p, vf v, size_t lanes) {
    if (lanes == SN_LANES)
        vf_store(p, v);
    else
        vf_store_n(p, v, lanes);
}

// Vector v of V of b that an even k meets, or the odd one behind it; `word` is where those of the
// even one lie.
SN_INLINE vf SN_ISA(b_vector)(const float *word, int v, const int V, const sn_element element,
                              const bool odd) {
    if (element == SN_F32) return vf_load(word + (v + (odd ? V : 0)) * SN_LANES);
    const vf pair = vf_load(word + v * SN_LANES);
    return odd ? vf_high_bf16(pair) : vf_low_bf16(pair);
}

// Where registers are full: the compiler, left to itself, loads what comes behind ahead of its
// time, and a sum goes to memory for it.
#define SN_NO_LOADS_AHEAD __asm__ volatile("" ::: "memory")

// sum[P][R][V] += x[R]·b[P][V] of `ks` k's, one or two, of which the first is even: of each panel
// `beside` words behind the one before. What there is less of, of x and b, waits in registers.
SN_INLINE void SN_ISA(add_products)(vf (*sum)[SN_MAX_ROWS][SN_MAX_VECTORS],
                                    const float *const *row, const float *column, size_t a_step,
                                    size_t k, const float *word, size_t beside, const int ks,
                                    const int P, const int R, const int V,
                                    const enum sn_operand operand, const sn_element element) {
#define SN_X(r, odd) \
    vf_set(operand == SN_A_ROWS ? row[r][k + (odd)] : column[(size_t)(r) + (odd) * a_step])
    vf waiting[SN_MAX_PANELS * SN_MAX_VECTORS][2];
    const bool is_full = P * R * V + P * V + 1 == SN_REGISTERS;
    // For x of two k's, a word and what becomes of it.
    const bool has_room = P * R * V + 2 * R + 2 <= SN_REGISTERS;
    if (element == SN_BF16 && R <= P * V && has_room) {
        // A word is met by both of its k's at once.
        SN_EACH(r, R) SN_EACH(odd, ks) waiting[r][odd] = SN_X(r, odd);
        SN_EACH(p, P) SN_EACH(v, V) SN_EACH(odd, ks) {
            vf b = SN_ISA(b_vector)(word + (size_t)p * beside, v, V, element, odd);
            SN_EACH(r, R) sum[p][r][v] = vf_fma_in_place(waiting[r][odd], b, sum[p][r][v]);
        }
        return;
    }
    SN_EACH(odd, ks) {
        if (R <= P * V) {
            SN_EACH(r, R) waiting[r][0] = SN_X(r, odd);
            SN_EACH(p, P) SN_EACH(v, V) {
                vf b = SN_ISA(b_vector)(word + (size_t)p * beside, v, V, element, odd);
                SN_EACH(r, R) sum[p][r][v] = vf_fma(waiting[r][0], b, sum[p][r][v]);
            }
            continue;
        }
        SN_EACH(p, P) SN_EACH(v, V) waiting[p * V + v][0] =
            SN_ISA(b_vector)(word + (size_t)p * beside, v, V, element, odd);
        SN_EACH(r, R) {
            vf x = SN_X(r, odd);
            SN_EACH(p, P) SN_EACH(v, V)
                sum[p][r][v] = (is_full ? vf_fma_in_place : vf_fma)(x, waiting[p * V + v][0],
                                                                    sum[p][r][v]);
            if (is_full) SN_NO_LOADS_AHEAD;
        }
    }
#undef SN_X
}

// The places of the tile's sums: panel p of P, row r of R, vector v of V.
#define SN_EACH_SUM(P, R, V) SN_EACH(p, P) SN_EACH(r, R) SN_EACH(v, V)

SN_INLINE void SN_ISA(tile)(const sn_tile *tile, const float *const *a, const void *b,
                            const int P, const int R, const int V, const enum sn_operand operand,
                            const sn_element element) {
    vf sum[SN_MAX_PANELS][SN_MAX_ROWS][SN_MAX_VECTORS];
    const float *row[SN_MAX_ROWS], *word = b;
    const size_t a_step = tile->a_step;
    size_t beside = P == 1 ? 0 : tile->b_beside;
    const size_t c_beside = P == 1 ? 0 : tile->c_beside;
    const sn_tile_product *more = operand == SN_A_ROWS ? tile->more : NULL;
    const bool whole = tile->lanes == SN_LANES && tile->last_lanes == SN_LANES;
    size_t inner = tile->inner;
    const float *const init = tile->init;
// Valid lanes of a vector.
#define SN_VALID                                         \
    (p + 1 < P && !tile->panels_alike ? (size_t)SN_LANES \
     : v + 1 < V                      ? tile->lanes      \
                                      : tile->last_lanes)
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
    SN_EACH(r, R) if (operand == SN_A_ROWS) row[r] = a[r];
    const float *column = a[0];
    if (P == 1 && tile->ahead)
        SN_EACH_SUM(P, R, V)
            __builtin_prefetch(tile->ahead + SN_PLACE(tile->c_row, tile->c_vector), 1);
#pragma clang loop unroll(disable)
    for (;;) {
        const size_t last = inner / 2 * 2;
#pragma clang loop unroll(disable)
        for (size_t k = 0; k < last; k += 2) {
            SN_ISA(add_products)(sum, row, column, a_step, k, word, beside, 2, P, R, V, operand,
                                 element);
            column += 2 * a_step;
            word += (element == SN_F32 ? 2 : 1) * V * SN_LANES;
        }
        if (last < inner)
            SN_ISA(add_products)(sum, row, column, a_step, last, word, beside, 1, P, R, V, operand,
                                 element);
        if (!more) break;
        SN_EACH(r, R) row[r] = more->a[r];
        word = more->b;
        if (P > 1) beside = more->b_beside;
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
// arithmetic: with 16 registers 6 rows of two vectors do, and 4 of three, for which one is so wide
// where the number of vectors is odd. bf16 passes through a register more on its way, and 16 sums
// of it (12 with 16 registers) reach the limit too.
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
#define SN_TILES_F32(M) SN_UP_TO_8(M, 1) SN_UP_TO_6(M, 2) SN_UP_TO_4(M, 3)
#define SN_TILES_BF16(M) SN_TILES_F32(M)
#define SN_TILE_ROWS {[SN_F32] = {0, 8, 6, 4}, [SN_BF16] = {0, 8, 6, 4}}
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

// A few rows by several panels, up to 12 sums, or 8 of bf16 with 16 registers.
#define SN_PANELS_2_TO_4(M, R, V) M(2, R, V) M(3, R, V) M(4, R, V)
#define SN_EIGHT_SUMS(M)       \
    SN_PANELS_2_TO_4(M, 1, 1)  \
    SN_PANELS_2_TO_4(M, 2, 1)  \
    M(2, 3, 1)                 \
    SN_PANELS_2_TO_4(M, 1, 2)  \
    M(2, 2, 2)                 \
    M(2, 1, 3)
#define SN_TWELVE_SUMS(M) \
    SN_EIGHT_SUMS(M) M(3, 3, 1) M(4, 3, 1) M(3, 2, 2) M(2, 3, 2) M(3, 1, 3) M(4, 1, 3) M(2, 2, 3)
#if SN_REGISTERS == 32
#define SN_PANELS_F32(M) SN_TWELVE_SUMS(M) M(2, 1, 4) M(3, 1, 4)
#define SN_PANELS_BF16(M) SN_PANELS_F32(M)
#else
#define SN_PANELS_F32(M) SN_TWELVE_SUMS(M)
#define SN_PANELS_BF16(M) SN_EIGHT_SUMS(M)
#endif
#define SN_ROWS_PANELS_F32(P, R, V) \
    SN_TILE_OF(tile_panels_f32_##P##x##R##x##V, P, R, V, SN_A_ROWS, SN_F32)
#define SN_ROWS_PANELS_BF16(P, R, V) \
    SN_TILE_OF(tile_panels_bf16_##P##x##R##x##V, P, R, V, SN_A_ROWS, SN_BF16)
SN_PANELS_F32(SN_ROWS_PANELS_F32)
SN_PANELS_BF16(SN_ROWS_PANELS_BF16)

// Their places in the tables of the instruction set.
#define SN_AT_ROWS_F32(R, V) [SN_F32][1][V][R] = SN_ISA(tile_rows_f32_##R##x##V),
#define SN_AT_ROWS_BF16(R, V) [SN_BF16][1][V][R] = SN_ISA(tile_rows_bf16_##R##x##V),
#define SN_AT_PANELS_F32(P, R, V) [SN_F32][P][V][R] = SN_ISA(tile_panels_f32_##P##x##R##x##V),
#define SN_AT_PANELS_BF16(P, R, V) [SN_BF16][P][V][R] = SN_ISA(tile_panels_bf16_##P##x##R##x##V),
#define SN_AT_COLUMNS_F32(R, V) [V][R] = SN_ISA(tile_columns_f32_##R##x##V),
#define SN_TABLE_ROWS                                                 \
    {SN_TILES_F32(SN_AT_ROWS_F32) SN_TILES_BF16(SN_AT_ROWS_BF16)      \
         SN_PANELS_F32(SN_AT_PANELS_F32) SN_PANELS_BF16(SN_AT_PANELS_BF16)}
#define SN_TABLE_COLUMNS {SN_TILES_F32(SN_AT_COLUMNS_F32)}
