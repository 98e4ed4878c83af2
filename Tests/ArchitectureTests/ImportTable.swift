// SPDX-License-Identifier: Apache-2.0

/// What each module may import: the same table as in Package.swift and in docs/architecture.md.
enum ImportTable {
    /// Modules of the project, bottom up, with the modules of the project and the packages that each may import.
    static let allowed: KeyValuePairs<String, Set<String>> = [
        "CLibPQ": [],
        "CLibCrypto": [],
        "CQRencode": [],
        "CXLSXWriter": [],
        "CPeerCredentials": [],
        "CCurl": [],
        "CEtalonSQL": [],
        "Metrology": [],
        "APIContract": [],
        "Vocabulary": [],
        "Certificates": [],
        "Digests": ["CLibCrypto"],
        "Postgres": ["CLibPQ", "Logging"],
        "Calculations": ["Metrology"],
        "LaboratoryModel": ["Metrology", "Vocabulary"],
        "Rendering": ["Certificates", "CQRencode", "Logging"],
        "Spreadsheets": ["CXLSXWriter"],
        "Jobs": ["CEtalonSQL", "Postgres", "Logging", "ServiceLifecycle"],
        "LabStore": ["APIContract", "CEtalonSQL", "Digests", "LaboratoryModel", "Metrology", "Postgres", "Logging"],
        "Procedures": ["LaboratoryModel", "Metrology"],
        "Catalogue": [
            "APIContract", "Digests", "LabStore", "LaboratoryModel", "Metrology", "Postgres", "Procedures", "Yams",
        ],
        "DemoYear": ["CEtalonSQL", "Certificates", "Metrology", "Postgres", "Procedures"],
        "Deliveries": ["CCurl", "Digests", "Jobs", "LabStore", "LaboratoryModel", "Logging"],
        "LabOperations": [
            "APIContract", "Catalogue", "Certificates", "Deliveries", "Digests", "Jobs", "LabStore", "LaboratoryModel",
            "Metrology",
            "Procedures", "Spreadsheets", "Logging",
        ],
        "HTTPAPI": [
            "APIContract", "CPeerCredentials", "Jobs", "LabOperations", "LaboratoryModel", "HTTPTypes", "Hummingbird", "Logging",
            "NIOCore", "NIOHTTP1", "ServiceLifecycle",
        ],
        "etalond": [
            "APIContract", "Catalogue", "Certificates", "Deliveries", "DemoYear", "Digests", "HTTPAPI", "Jobs", "LabOperations",
            "LabStore", "LaboratoryModel", "Postgres", "Rendering", "Vocabulary", "ArgumentParser", "Logging",
            "ServiceLifecycle", "UnixSignals", "Yams",
        ],
        "etalon": [
            "APIContract", "Calculations", "Metrology", "Vocabulary", "ArgumentParser", "NIOCore", "NIOHTTP1", "NIOPosix",
            "Yams",
        ],
        "etalon-bench": [
            "Calculations", "Catalogue", "CEtalonSQL", "Jobs", "Metrology", "Postgres", "Procedures", "ArgumentParser",
            "Logging", "ServiceLifecycle", "UnixSignals",
        ],
        "JobsTesting": ["Jobs", "Postgres"],
        "EtalonTestSupport": [
            "Catalogue", "Jobs", "LabOperations", "LabStore", "LaboratoryModel", "Postgres", "Vocabulary", "Logging",
        ],
        "Simulation": [
            "APIContract", "Certificates", "Deliveries", "EtalonTestSupport", "Jobs", "JobsTesting", "LabOperations",
            "LaboratoryModel", "Postgres", "Logging",
        ],
        "etalon-simulate": ["Simulation", "ArgumentParser"],
    ]

    /// Modules of the language and the system, which every module may import unless it is one of `leaves`.
    static let system: Set<String> = ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]

    /// Pure modules: what they may import of `system`.
    static let leaves: [String: Set<String>] = [
        "Metrology": ["Dispatch", "Glibc", "Synchronization"],
        "Calculations": ["FoundationEssentials", "Glibc"],
        "LaboratoryModel": ["FoundationEssentials"],
        "Procedures": [],
        "APIContract": ["FoundationEssentials"],
        "Vocabulary": ["Glibc"],
        "Certificates": ["FoundationEssentials"],
    ]

    /// Modules that a library brings the whole of Foundation to, so that it costs nothing more.
    static let mayImportFoundation: Set<String> = ["Catalogue", "etalond", "EtalonTestSupport"]

    /// Imported modules that come with another dependency than their name says.
    static let comesWith = ["HTTPTypes": "Hummingbird"]

    /// The table as a dictionary.
    static let byModule = Dictionary(uniqueKeysWithValues: allowed.map { ($0.key, $0.value) })

    /// Whether a module may import another.
    static func allows(_ module: String, toImport other: String) -> Bool {
        if byModule[module]?.contains(other) == true { return true }
        if other == "Foundation" { return mayImportFoundation.contains(module) }
        return (leaves[module] ?? system).contains(other)
    }
}
