// One step of a conditional random field: all tags of a step from, or to, all of the step before.
// A lane is a tag of the later step.
//
// before, after  [columns] scores of the tags of two neighbouring steps
// transitions    [tags,columns], `row` floats between rows; -inf where forbidden and in the
//                columns behind the last tag
// columns        the tags, rounded up to whole vectors

// The greatest before[i] + transitions[i] of a vector of later tags.
SN_INLINE vf SN_ISA(crf_greatest)(const float *before, const float *transitions, size_t row,
                                  size_t tags) {
    vf greatest = vf_set(before[0]) + vf_load(transitions);
    for (size_t i = 1; i < tags; i++)
        greatest = vf_max(greatest, vf_set(before[i]) + vf_load(transitions + i * row));
    return greatest;
}

// after = the greatest of before[i] + transitions[i].
static void SN_ISA(crf_best)(float *after, const float *before, const float *transitions,
                             size_t row, size_t tags, size_t columns) {
    for (size_t c = 0; c < columns; c += SN_LANES)
        vf_store(after + c, SN_ISA(crf_greatest)(before, transitions + c, row, tags));
}

// The same as a shift of exponentials: finite where every score is -inf.
SN_INLINE vf SN_ISA(crf_shift)(const float *before, const float *transitions, size_t row,
                               size_t tags) {
    return vf_max(vf_set(-FLT_MAX), SN_ISA(crf_greatest)(before, transitions, row, tags));
}

// after = log of the sum of exp(before[i] + transitions[i]); a NaN of before is in all of them.
static void SN_ISA(crf_forward)(float *after, const float *before, const float *transitions,
                                size_t row, size_t tags, size_t columns) {
    for (size_t c = 0; c < columns; c += SN_LANES) {
        const float *scores = transitions + c;
        const vf shift = SN_ISA(crf_shift)(before, scores, row, tags);
        vf sum = vf_set(0);
        for (size_t i = 0; i < tags; i++)
            sum = sum + vf_exp(vf_set(before[i]) + vf_load(scores + i * row) - shift);
        float logs[SN_LANES];
        vf_store(logs, sum);
        for (size_t l = 0; l < SN_LANES; l++) logs[l] = logf(logs[l]);
        vf_store(after + c, shift + vf_load(logs));
    }
}

// sums[tags] = the sums of rows[tags][lanes]; zeros up to a whole vector of sums.
SN_INLINE void SN_ISA(crf_sum_lanes)(float *sums, const float *rows, size_t tags) {
    float columns[SN_LANES * SN_LANES];
    for (size_t i = 0; i < tags; i += SN_LANES) {
        const size_t rest = tags - i < SN_LANES ? tags - i : SN_LANES;
        SN_ISA(transpose)(columns, SN_LANES, rows + i * SN_LANES, SN_LANES, rest, SN_LANES);
        vf sum = vf_load(columns);
        for (size_t l = 1; l < SN_LANES; l++) sum = sum + vf_load(columns + l * SN_LANES);
        vf_store(sums + i, sum);
    }
}

// The marginals of the step before from those of the step after, both [columns], and their joint
// probabilities added to counts [tags,columns], `row` apart, unless it is NULL:
//   p(i, j) = marginals_after[j] · exp(before[i] + transitions[i, j]) / its sum over i.
// Each column is divided by a sum taken anew, so that the marginals of a step sum to 1 however
// many steps there are.
//   workspace  [2, tags, lanes]
static void SN_ISA(crf_backward)(float *marginals_before, float *counts,
                                 const float *marginals_after, const float *before,
                                 const float *transitions, float *workspace, size_t row,
                                 size_t tags, size_t columns) {
    float *exponentials = workspace, *sums = workspace + tags * SN_LANES;
    for (size_t i = 0; i < tags; i++) vf_store(sums + i * SN_LANES, vf_set(0));
    for (size_t c = 0; c < columns; c += SN_LANES) {
        const float *scores = transitions + c;
        const vf shift = SN_ISA(crf_shift)(before, scores, row, tags);
        vf sum = vf_set(0);
        for (size_t i = 0; i < tags; i++) {
            vf e = vf_exp(vf_set(before[i]) + vf_load(scores + i * row) - shift);
            vf_store(exponentials + i * SN_LANES, e);
            sum = sum + e;
        }
        // A sum is at least 1, or 0 where no tag leads to this one, whose marginal is 0 as well.
        const vf factor = vf_zero_below(vf_load(marginals_after + c) / sum, sum, vf_set(0.5f));
        for (size_t i = 0; i < tags; i++) {
            vf joint = vf_load(exponentials + i * SN_LANES) * factor;
            vf_store(sums + i * SN_LANES, vf_load(sums + i * SN_LANES) + joint);
            if (!counts) continue;
            float *count = counts + i * row + c;
            vf_store(count, vf_load(count) + joint);
        }
    }
    SN_ISA(crf_sum_lanes)(marginals_before, sums, tags);
}
