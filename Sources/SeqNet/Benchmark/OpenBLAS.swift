#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The OpenBLAS library of this machine, for a comparison; nothing else uses it.
final class OpenBLAS {
    private typealias SetThreads = @convention(c) (CInt) -> Void
    private typealias Product = @convention(c) (
        CInt, CInt, CInt, CInt, CInt, CInt, Float, UnsafePointer<Float>, CInt,
        UnsafePointer<Float>, CInt, Float, UnsafeMutablePointer<Float>, CInt
    ) -> Void

    /// As distributions name it.
    private static let names = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"]
    /// `CblasRowMajor`, `CblasNoTrans` and `CblasTrans` of cblas.h.
    private static let rowMajor: CInt = 101, plain: CInt = 111, transposed: CInt = 112

    private let product: Product

    /// Nil where the library is not installed.
    init?(threads: Int) {
        guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
            let product = dlsym(library, "cblas_sgemm"),
            let setThreads = dlsym(library, "openblas_set_num_threads")
        else { return nil }
        self.product = unsafeBitCast(product, to: Product.self)
        unsafeBitCast(setThreads, to: SetThreads.self)(CInt(threads))
    }

    /// c[m,n] = a[m,k] · b[n,k]ᵀ, row-major.
    func multiplyByTransposed(
        _ c: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ m: Int, _ n: Int, _ k: Int
    ) {
        product(
            Self.rowMajor, Self.plain, Self.transposed, CInt(m), CInt(n), CInt(k), 1, a, CInt(k), b,
            CInt(k), 0, c, CInt(n))
    }
}
