#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// The C library's functions under names that no import of Foundation makes ambiguous.

func naturalExp(_ x: Double) -> Double { exp(x) }
func naturalLog(_ x: Double) -> Double { log(x) }
