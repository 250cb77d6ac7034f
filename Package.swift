// swift-tools-version: 6.0
import PackageDescription

// SwiftPM refuses a versioned dependency that uses unsafeFlags. A dependency is
// checked out below a folder named "checkouts"; there the flags are left out: the
// OpenMP pragmas are then ignored and the kernels run on one thread, unless the app
// is built with `-Xcc -fopenmp`. See README.md, "Embed it".
let folderAbove = Context.packageDirectory.split(separator: "/").dropLast().last
let isDependency = folderAbove == "checkouts"

#if os(Linux)
let openMP = ["-fopenmp"]
#else
let openMP: [String] = []
#endif

let kernelFlags: [CSetting] =
    isDependency ? [] : [.unsafeFlags(["-O3", "-fno-math-errno", "-Wall", "-Wextra"] + openMP)]

let package = Package(
    name: "SeqNet",
    platforms: [.macOS(.v13)],
    products: [
        .library(name: "SeqNet", targets: ["SeqNet"]),
        .executable(name: "seqnet", targets: ["seqnet-cli"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .target(
            name: "CKernels",
            cSettings: kernelFlags,
            linkerSettings: [.linkedLibrary("omp5", .when(platforms: [.linux]))]),
        .target(name: "SeqNet", dependencies: ["CKernels"]),
        .executableTarget(
            name: "seqnet-cli",
            dependencies: [
                "SeqNet",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "CKernelsTests", dependencies: ["CKernels", "TestSupport"]),
        .testTarget(name: "SeqNetTests", dependencies: ["SeqNet", "CKernels", "TestSupport"]),
        .testTarget(name: "CLITests", dependencies: ["SeqNet", "seqnet-cli"], exclude: ["Golden"]),
    ],
    cLanguageStandard: .c17
)
