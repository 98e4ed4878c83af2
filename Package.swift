// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A program may see what its modules bring along: `stat` is defined by whichever module of libc the compiler met first.
let program: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]
let strict = program + [.enableUpcomingFeature("MemberImportVisibility")]
// Evaluations of a million trials are part of the tests and of the demo: the arithmetic is optimised in debug builds too.
let numerical = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "etalon",
    products: [
        .executable(name: "etalond", targets: ["etalond"]),
        .executable(name: "etalon", targets: ["etalon"]),
        .executable(name: "etalon-bench", targets: ["etalon-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Layer 0: the system's libraries, and the bytes of sql/.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CEtalonSQL"),

        // Layer 1: nouns of measurement, the database client, digests, the words of the wire.
        .target(name: "Metrology", swiftSettings: numerical),
        module("Digests", ["CLibCrypto"]),
        module("Postgres", ["CLibPQ", logging]),
        module("APIContract"),
        module("Vocabulary"),

        // Layer 2: calculations on documents, rules of the laboratory; the durable queue.
        module("Calculations", ["Metrology"]),
        module("LaboratoryModel", ["Metrology", "Vocabulary"]),

        // Layer 3: storing.
        module("Certificates"),
        module("Jobs", ["CEtalonSQL", "Postgres", logging, lifecycle]),
        module("LabStore", ["APIContract", "CEtalonSQL", "Digests", "LaboratoryModel", "Metrology", "Postgres", logging]),

        module("Procedures", ["LaboratoryModel", "Metrology"]),
        module(
            "Catalogue", ["APIContract", "Digests", "LabStore", "LaboratoryModel", "Metrology", "Postgres", "Procedures", yams]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        module("Rendering", ["Certificates", "CQRencode", logging]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        module("Spreadsheets", ["CXLSXWriter"]),

        .target(name: "CCurl"),
        module("Deliveries", ["CCurl", "Digests", "Jobs", "LabStore", "LaboratoryModel", logging]),

        // Layer 4: the verbs, and the demonstration year.
        module(
            "LabOperations",
            [
                "APIContract", "Catalogue", "Certificates", "Deliveries", "Digests", "Jobs", "LabStore", "LaboratoryModel",
                "Metrology",
                "Procedures", "Spreadsheets", logging,
            ]),

        // Layer 5: HTTP.
        .target(name: "CPeerCredentials"),
        module(
            "HTTPAPI",
            [
                "APIContract", "CPeerCredentials", "Jobs", "LabOperations", "LaboratoryModel", hummingbird, nioCore, nioHTTP1,
                logging, lifecycle,
            ]),
        module("DemoYear", ["CEtalonSQL", "Certificates", "Metrology", "Postgres", "Procedures"]),

        // Layer 6: the programs.
        .executableTarget(
            name: "etalond",
            dependencies: [
                "APIContract", "Catalogue", "Certificates", "Deliveries", "DemoYear", "Digests", "HTTPAPI", "Jobs",
                "LabOperations", "LabStore", "LaboratoryModel", "Postgres", "Rendering", "Vocabulary", argumentParser, lifecycle,
                logging, signals, yams,
            ], swiftSettings: program),

        .executableTarget(
            name: "etalon",
            dependencies: [
                "APIContract", "Calculations", "Vocabulary", argumentParser, nioCore, nioPosix, nioHTTP1, yams,
            ], swiftSettings: program),

        .executableTarget(
            name: "etalon-bench",
            dependencies: [
                "Calculations", "Catalogue", "CEtalonSQL", "Jobs", "Metrology", "Postgres", "Procedures", argumentParser,
                lifecycle, logging, signals,
            ], swiftSettings: program),

        // What tests share: a virtual clock for the queue, a server with the laboratory.
        module("JobsTesting", ["Jobs", "Postgres"]),
        module(
            "EtalonTestSupport",
            ["Catalogue", "Jobs", "LabOperations", "LabStore", "LaboratoryModel", "Postgres", "Vocabulary", logging]),

        // Years of a laboratory beside a model of them, for tests and as a program.
        module(
            "Simulation",
            [
                "APIContract", "Certificates", "Deliveries", "EtalonTestSupport", "Jobs", "JobsTesting", "LabOperations",
                "LaboratoryModel", "Postgres", logging,
            ]),
        .executableTarget(name: "etalon-simulate", dependencies: ["Simulation", argumentParser], swiftSettings: program),

        // Tests, by module; then the schema, the verbs and the programs as a whole.
        tests("MetrologyTests", ["Metrology"]),
        .testTarget(
            name: "CalculationsTests", dependencies: ["Calculations", "Metrology"], exclude: ["Cases"], swiftSettings: strict),
        tests("PostgresTests", ["Postgres", logging]),
        tests("VocabularyTests", ["Vocabulary"]),
        tests("LaboratoryModelTests", ["EtalonTestSupport", "LaboratoryModel", "Metrology", "Vocabulary"]),
        tests("ProceduresTests", ["Catalogue", "LaboratoryModel", "Metrology", "Procedures"]),
        tests("CatalogueTests", ["Catalogue", "Procedures"]),
        tests("CertificatesTests", ["Certificates"]),
        tests("RenderingTests", ["Certificates", "Rendering", logging]),
        tests("SpreadsheetsTests", ["EtalonTestSupport", "Spreadsheets"]),
        tests("JobsTests", ["EtalonTestSupport", "Jobs", "JobsTesting", "Postgres", logging, lifecycle]),
        tests(
            "DeliveriesTests",
            [
                "APIContract", "Certificates", "Deliveries", "EtalonTestSupport", "Jobs", "LabOperations", "LabStore",
                "LaboratoryModel", "Postgres", "Rendering", "Vocabulary", logging, lifecycle,
            ]),
        tests(
            "HTTPAPITests",
            [
                "APIContract", "Certificates", "EtalonTestSupport", "HTTPAPI", "Jobs", "LabOperations", "LaboratoryModel",
                hummingbird, logging, lifecycle, nioCore, nioPosix,
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]),
        tests(
            "LabOperationsTests",
            ["APIContract", "EtalonTestSupport", "Jobs", "LabOperations", "LabStore", "LaboratoryModel", "Postgres", logging]),
        tests("DemoYearTests", ["Catalogue", "CEtalonSQL", "Certificates", "DemoYear", "EtalonTestSupport", "Postgres"]),
        tests("EtalonCLITests", ["APIContract", "etalon", "Vocabulary", argumentParser, nioCore, nioPosix, nioHTTP1]),
        tests("EtalondTests", ["Deliveries", "etalond", "HTTPAPI", "Vocabulary", argumentParser, logging, lifecycle]),
        tests("StoreTests", ["EtalonTestSupport", "LabStore", "Postgres", "Jobs", "Vocabulary"]),
        tests(
            "OperationsTests",
            [
                "APIContract", "Certificates", "DemoYear", "EtalonTestSupport", "Jobs", "LabOperations", "LabStore",
                "LaboratoryModel", "Postgres", logging,
            ]),
        tests("AcceptanceTests", ["EtalonTestSupport", "etalon", "etalon-bench", "etalond"]),
        tests("SimulationTests", ["Simulation"]),
        tests("ArchitectureTests", []),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
