"""Times a matrix product of OpenBLAS: the counterpart of `seqnet bench gemm`, whose
options and JSON keys it has."""

from __future__ import annotations

import argparse
import ctypes
from statistics import median

import numpy as np

import serving
from timing import timed

# As distributions name it.
NAMES = ("libopenblas.so.0", "libopenblas.so", "libopenblas.dylib")
# CblasRowMajor, CblasNoTrans, CblasTrans of cblas.h.
ROW_MAJOR, PLAIN, TRANSPOSED = 101, 111, 112
# Multiply-adds of one run: small products are repeated within it, so that a run is long
# against the clock's and the call's own cost.
LEAST_WORK = 100_000_000


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--rows", type=int, default=1600, help="rows M of a [M, K] and of the product")
    add("--columns", type=int, default=2048, help="columns N of b [K, N]")
    add("--inner", type=int, default=512, help="inner size K")
    add("--threads", type=int, default=1, help="of the product")
    add("--repeats", type=int, default=20, help="timed runs")
    serving.add_serve(parser)
    return parser.parse_args(arguments)


def load() -> ctypes.CDLL:
    """OpenBLAS as this machine has it, not the one that NumPy brings."""
    for name in NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise SystemExit("OpenBLAS is not installed (Debian: libopenblas0)")


def version(library: ctypes.CDLL) -> str:
    """`0.3.21 (Cooperlake)`: the release and the kernels that it chose."""
    library.openblas_get_config.restype = ctypes.c_char_p
    library.openblas_get_corename.restype = ctypes.c_char_p
    release = library.openblas_get_config().decode().split()[1]
    return f"{release} ({library.openblas_get_corename().decode()})"


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Compares some rows of the product with exact ones, then times it."""
    library = load()
    library.openblas_set_num_threads(options.threads)
    m, n, k = options.rows, options.columns, options.inner
    generator = np.random.default_rng(1)
    a, b = (generator.uniform(-1, 1, (rows, k)).astype(np.float32) for rows in (m, n))
    c = np.zeros((m, n), np.float32)
    one, zero = ctypes.c_float(1), ctypes.c_float(0)
    pa, pb, pc = (array.ctypes.data_as(ctypes.c_void_p) for array in (a, b, c))
    parts = max(1, LEAST_WORK // (m * n * k))

    def work() -> None:
        for _ in range(parts):
            library.cblas_sgemm(ROW_MAJOR, PLAIN, TRANSPOSED, m, n, k, one, pa, k, pb, k, zero, pc, n)

    work()
    # By einsum: NumPy's own OpenBLAS would leave threads that spin for a while.
    some = slice(None, None, max(1, m // 8))
    expected = np.einsum("ik,jk->ij", a[some].astype(np.float64), b)
    difference = float(np.abs(c[some] - expected).max() / np.abs(expected).max())
    times = timed(work, options.repeats, parts)
    middle = median(times)
    return {
        "rows": m, "columns": n, "inner": k, "threads": options.threads, "repeats": options.repeats,
        "version": version(library),
        "greatest_difference": difference, "differing_tensor": "c",
        "median_ms": middle, "min_ms": min(times), "max_ms": max(times),
        "gflops": 2 * m * n * k / middle / 1e6,
    }


if __name__ == "__main__":
    serving.run(parse_arguments, measure)
