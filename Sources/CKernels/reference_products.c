// The oracle's matrix product and softmax loss.
#include "include/sn_reference.h"

#include <math.h>

void sn_reference_gemm(double *c, const double *a, const double *b, const double *bias, size_t m,
                       size_t n, size_t k) {
    for (size_t row = 0; row < m; row++) {
        for (size_t column = 0; column < n; column++) {
            double sum = bias ? bias[column] : 0;
            for (size_t i = 0; i < k; i++)
                sum += a[row * k + i] * b[i * n + column];
            c[row * n + column] = sum;
        }
    }
}

// Turns logits[n] into probabilities; returns the log of their normaliser, in the scale
// of the logits, so that log p_i = logit_i - normaliser.
static double softmax(double *logits, size_t n) {
    double greatest = logits[0], sum = 0;
    for (size_t i = 1; i < n; i++)
        greatest = fmax(greatest, logits[i]);
    for (size_t i = 0; i < n; i++)
        sum += exp(logits[i] - greatest);
    double normaliser = greatest + log(sum);
    for (size_t i = 0; i < n; i++)
        logits[i] = exp(logits[i] - normaliser);
    return normaliser;
}

// logits = h·Wᵀ + b with probability p; loss = -weight·log p[target].
// With d = scale·weight·(p - onehot): dh += d·W, dW += dᵀ·h, db += the sum of d over rows.
void sn_reference_softmax_loss(double *losses, double *dh, double *dw, double *db, const double *h,
                               const double *w, const double *b, const int32_t *targets,
                               const double *weights, double scale, double *workspace,
                               size_t rows, size_t hidden_size, size_t vocabulary) {
    size_t H = hidden_size, V = vocabulary;
    for (size_t r = 0; r < rows; r++) {
        size_t target = (size_t)targets[r];
        double *d = workspace, weight = weights ? weights[r] : 1;
        for (size_t v = 0; v < V; v++) {
            d[v] = b ? b[v] : 0;
            for (size_t k = 0; k < H; k++)
                d[v] += h[r * H + k] * w[v * H + k];
        }
        double logit = d[target];
        losses[r] = weight * (softmax(d, V) - logit);
        d[target] -= 1;
        for (size_t v = 0; v < V; v++) {
            for (size_t k = 0; k < H; k++) {
                if (dh)
                    dh[r * H + k] += scale * weight * d[v] * w[v * H + k];
                if (dw)
                    dw[v * H + k] += scale * weight * d[v] * h[r * H + k];
            }
            if (db)
                db[v] += scale * weight * d[v];
        }
    }
}

// loss = sum (y - target)²; dy += scale·2·(y - target).
void sn_reference_squared_error(double *losses, double *dy, const double *y, const double *targets,
                                double scale, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++) {
        losses[r] = 0;
        for (size_t c = 0; c < n; c++) {
            size_t at = r * n + c;
            losses[r] += (y[at] - targets[at]) * (y[at] - targets[at]);
            if (dy)
                dy[at] += scale * 2 * (y[at] - targets[at]);
        }
    }
}
