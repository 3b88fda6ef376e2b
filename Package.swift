// swift-tools-version: 6.2
import PackageDescription

/// Every target is checked in language mode 6, and a warning is an error: what the compiler doubts does not land.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // Debug builds, in which all tests of the modules run, look whether two parts of the program change one thing at once. Looking
    // is a twentieth of what checking a file takes.
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// What the linker can take from the time before `main`, in all 1.2 of the 3.7 ms of `envd --version`: an address that needs no
/// relocation, no symbols for others (the runtime looks at each of 37,000 when it asks where it is: 0.4 ms), and no libraries
/// to load but the system's own (0.8 ms). `scripts/build` puts libstdc++ and libz into the folder as archives; without them the
/// shared ones are linked.
let quickStart = [
    "-Xclang-linker", "-no-pie", "-Xlinker", "--no-export-dynamic", "-Xclang-linker", "-static-libgcc",
    "-L", "\(Context.packageDirectory)/.build/archives",
]

/// The layers, in order: a target may depend on those above it only. ARCHITECTURE.md says what each must never know.
let package = Package(
    name: "envd-tools",
    products: [.executable(name: "envd", targets: ["envd"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        // MARK: - The layers
        .target(name: "RegularExpressions", swiftSettings: strict),
        .target(name: "Terminal", swiftSettings: strict),
        // Optimised in debug builds too: its tests parse hundreds of thousands of programs.
        .target(
            name: "EnvdSyntax",
            swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .target(
            name: "Starlark", dependencies: ["EnvdSyntax"], exclude: ["README.md"],
            swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .target(
            name: "StarlarkTesting", dependencies: ["EnvdSyntax", "Starlark", "RegularExpressions"],
            swiftSettings: strict),
        .target(
            name: "LLB", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
        .target(
            name: "EnvdLanguage", dependencies: ["EnvdSyntax", "Starlark", "LLB"],
            exclude: ["Facts/README.md"], resources: [.embedInCode("Prelude/v1"), .embedInCode("Prelude/Compiled")],
            swiftSettings: strict),
        .target(
            name: "PlanRendering", dependencies: ["Terminal", "EnvdSyntax", "LLB", "EnvdLanguage"],
            exclude: ["README.md"], resources: [.embedInCode("Page")], swiftSettings: strict),
        // All that uses a network.
        .target(
            name: "FactFetching",
            dependencies: [
                "EnvdSyntax", "LLB", "EnvdLanguage",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "EnvdAnalysis", dependencies: ["EnvdSyntax", "LLB", "EnvdLanguage"],
            resources: [.embedInCode("Pages"), .embedInCode("Stubs")],
            swiftSettings: strict),
        .target(
            name: "ProjectSettings", dependencies: ["EnvdAnalysis", .product(name: "TOMLKit", package: "TOMLKit")],
            swiftSettings: strict),
        .target(name: "EnvdFormat", dependencies: ["EnvdSyntax"], swiftSettings: strict),
        // Without `pkgConfig`, which would ask for the shared library.
        .systemLibrary(name: "CCMark", providers: [.apt(["libcmark-dev"])]),
        .target(name: "EnvdMarkdown", dependencies: ["CCMark"], swiftSettings: strict),
        .target(
            name: "EnvdIDE",
            dependencies: ["EnvdSyntax", "EnvdLanguage", "EnvdAnalysis", "EnvdFormat", "EnvdMarkdown"],
            resources: [.embedInCode("Completion/Values")],
            swiftSettings: strict),
        .target(name: "LanguageServerProtocol", swiftSettings: strict),
        .target(
            name: "EnvdServer",
            dependencies: [
                "CTimer", "LanguageServerProtocol", "EnvdSyntax", "EnvdLanguage", "EnvdAnalysis", "EnvdFormat",
                "EnvdMarkdown", "EnvdIDE",
            ],
            exclude: ["README.md"], swiftSettings: strict),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CTimer"),
        .executableTarget(
            name: "envd",
            dependencies: [
                "CMalloc", "Terminal", "EnvdSyntax", "Starlark", "StarlarkTesting", "LLB", "EnvdLanguage",
                "PlanRendering",
                "FactFetching", "EnvdAnalysis", "ProjectSettings", "EnvdFormat", "EnvdMarkdown", "EnvdIDE",
                "EnvdServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags(quickStart, .when(configuration: .release))]),

        // MARK: - Tools of the project itself
        .executableTarget(name: "SyntaxGenerator", swiftSettings: strict),
        .executableTarget(name: "PreludeCompiler", dependencies: ["EnvdSyntax", "Starlark"], swiftSettings: strict),
        .executableTarget(
            name: "SyntaxBenchmark", dependencies: ["EnvdAnalysis", "EnvdSyntax"], path: "Benchmarks/SyntaxBenchmark",
            swiftSettings: strict),
        .executableTarget(
            name: "StarlarkBenchmark", dependencies: ["EnvdSyntax", "Starlark", "EnvdLanguage"],
            path: "Benchmarks/StarlarkBenchmark", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(quickStart, .when(configuration: .release))]),
        .executableTarget(
            name: "DispatchDesigns", path: "Benchmarks/DispatchDesigns", swiftSettings: strict),
        .executableTarget(name: "SyntaxFuzzer", dependencies: ["EnvdSyntax"], swiftSettings: strict),

        // MARK: - Tests
        .target(name: "SpecSupport", dependencies: ["EnvdMarkdown"], path: "Tests/SpecSupport", swiftSettings: strict),
        .testTarget(
            name: "RegularExpressionsTests", dependencies: ["RegularExpressions"], swiftSettings: strict),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: strict),
        .testTarget(name: "EnvdSyntaxTests", dependencies: ["EnvdSyntax", "SpecSupport"], swiftSettings: strict),
        .testTarget(
            name: "StarlarkTests", dependencies: ["Starlark", "SpecSupport"], exclude: ["Differential", "Hostile"],
            swiftSettings: strict),
        .testTarget(
            name: "StarlarkTestingTests", dependencies: ["StarlarkTesting", "Starlark", "EnvdSyntax"],
            swiftSettings: strict),
        .testTarget(name: "LLBTests", dependencies: ["LLB"], exclude: ["Golden"], swiftSettings: strict),
        .testTarget(name: "EnvdLanguageTests", dependencies: ["EnvdLanguage", "SpecSupport"], swiftSettings: strict),
        .testTarget(
            name: "PlanRenderingTests", dependencies: ["PlanRendering", "EnvdLanguage", "LLB"], swiftSettings: strict),
        .testTarget(name: "FactFetchingTests", dependencies: ["FactFetching", "LLB"], swiftSettings: strict),
        .testTarget(
            name: "EnvdAnalysisTests",
            dependencies: ["EnvdAnalysis", "EnvdLanguage", "EnvdSyntax", "LLB", "SpecSupport", "Starlark"],
            exclude: ["Golden"],
            swiftSettings: strict),
        .testTarget(name: "ProjectSettingsTests", dependencies: ["ProjectSettings"], swiftSettings: strict),
        .testTarget(name: "EnvdMarkdownTests", dependencies: ["EnvdMarkdown", "SpecSupport"], swiftSettings: strict),
        .testTarget(name: "EnvdFormatTests", dependencies: ["EnvdFormat", "SpecSupport"], swiftSettings: strict),
        .testTarget(
            name: "EnvdIDETests",
            dependencies: [
                "EnvdIDE", "EnvdAnalysis", "EnvdLanguage", "EnvdMarkdown", "EnvdSyntax", "Starlark", "SpecSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "EnvdServerTests", dependencies: ["EnvdServer", "LanguageServerProtocol"], swiftSettings: strict),
        .testTarget(name: "CommandLineTests", dependencies: ["envd", "EnvdAnalysis"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
