// The oracle's attention.
#include "include/sn_reference.h"

#include <math.h>

// The sequence of a row of queries.
static size_t sequence_of(const sn_batch *batch, size_t row) {
    size_t step = 0;
    while (batch->first_row[step + 1] <= row) step++;
    return row - batch->first_row[step];
}

// The j-th row of the source that a row of queries looks at.
static size_t key_row(const sn_attention_layout *layout, size_t query, size_t j) {
    return layout->keys->first_row[j] + layout->source[sequence_of(layout->queries, query)];
}

static double score(const double *q, const double *k, const double *w, size_t width) {
    double sum = 0;
    for (size_t i = 0; i < width; i++) sum += w ? w[i] * tanh(q[i] + k[i]) : q[i] * k[i];
    return sum;
}

void sn_reference_attention_forward(double *y, double *p, const double *q, const double *k,
                                    const double *v, const double *w,
                                    const sn_attention_layout *layout, size_t width,
                                    size_t value_width) {
    const size_t *first = layout->first_weight;
    for (size_t query = 0; query < layout->queries->rows; query++) {
        const size_t count = first[query + 1] - first[query];
        double *own = p + first[query], greatest = -INFINITY, sum = 0;
        for (size_t j = 0; j < count; j++) {
            own[j] = score(q + query * width, k + key_row(layout, query, j) * width, w, width);
            greatest = fmax(greatest, own[j]);
        }
        for (size_t j = 0; j < count; j++) sum += own[j] = exp(own[j] - greatest);
        for (size_t j = 0; j < count; j++) own[j] /= sum;
        for (size_t i = 0; i < value_width; i++) {
            double total = 0;
            for (size_t j = 0; j < count; j++)
                total += own[j] * v[key_row(layout, query, j) * value_width + i];
            y[query * value_width + i] = total;
        }
    }
}

// Adds what the gradient d of one score gives. d/dq and d/dk of w·tanh(q + k) are alike.
static void score_backward(double *dq, double *dk, double *dw, double d, const double *q,
                           const double *k, const double *w, size_t width) {
    for (size_t i = 0; i < width; i++) {
        const double t = w ? tanh(q[i] + k[i]) : 0;
        const double both = w ? d * w[i] * (1 - t * t) : 0;
        if (dq) dq[i] += w ? both : d * k[i];
        if (dk) dk[i] += w ? both : d * q[i];
        if (w && dw) dw[i] += d * t;
    }
}

void sn_reference_attention_backward(double *dq, double *dk, double *dv, double *dw,
                                     const double *dy, const double *p, const double *q,
                                     const double *k, const double *v, const double *w,
                                     double *workspace, const sn_attention_layout *layout,
                                     size_t width, size_t value_width) {
    const size_t *first = layout->first_weight;
    for (size_t query = 0; query < layout->queries->rows; query++) {
        const size_t count = first[query + 1] - first[query];
        const double *own = p + first[query], *own_dy = dy + query * value_width;
        double *dp = workspace, mean = 0;
        for (size_t j = 0; j < count; j++) {
            const size_t row = key_row(layout, query, j);
            dp[j] = 0;
            for (size_t i = 0; i < value_width; i++) {
                dp[j] += own_dy[i] * v[row * value_width + i];
                if (dv) dv[row * value_width + i] += own[j] * own_dy[i];
            }
            mean += own[j] * dp[j];
        }
        for (size_t j = 0; j < count; j++) {
            const size_t row = key_row(layout, query, j);
            score_backward(dq ? dq + query * width : NULL, dk ? dk + row * width : NULL, dw,
                           own[j] * (dp[j] - mean), q + query * width, k + row * width, w, width);
        }
    }
}
