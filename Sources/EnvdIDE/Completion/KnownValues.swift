import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// What is commonly given where a type with a meaning is wanted: names of packages, images, versions.
struct KnownValue: Sendable, Hashable {
    let text: String
    /// What it is, in a few words; empty if that is plain.
    let note: String
}

enum KnownValues {
    /// By the name of the type; empty for those of which nothing is known.
    static func values(of type: String) -> [KnownValue] {
        switch type {
        case "PipRequirement": pypi
        case "AptPackage": apt
        case "CondaPackage": conda
        case "CondaChannel": channels
        case "RPackage": r
        case "JuliaPackage": julia
        case "VSCodeExtension": extensions
        case "ImageRef": images
        case "PythonVersion": pythonVersions
        case "CudaVersion": cudaVersions
        case "IPAddress": addresses
        case "Port": ports
        case "GitUrl": []
        default: []
        }
    }

    /// Whether there are so few, or they are so often chosen from, that they are shown before anything has been typed.
    static func isChoice(_ type: String) -> Bool {
        switch type {
        case "ImageRef", "PythonVersion", "CudaVersion", "CondaChannel", "IPAddress", "Port": true
        default: false
        }
    }

    /// What is known of one value.
    static func note(on text: String, type: String) -> String? {
        values(of: type).first { $0.text == text }?.note
    }

    private static let pypi = read(PackageResources.pypi_txt)
    private static let apt = read(PackageResources.apt_txt)
    private static let conda = read(PackageResources.conda_txt)
    private static let channels = read(PackageResources.channels_txt)
    private static let r = read(PackageResources.cran_txt)
    private static let julia = read(PackageResources.julia_txt)
    private static let extensions = read(PackageResources.extensions_txt)
    private static let images = read(PackageResources.images_txt)
    private static let pythonVersions = read(PackageResources.python_txt)
    private static let cudaVersions = read(PackageResources.cuda_txt)
    private static let addresses = read(PackageResources.addresses_txt)
    private static let ports = read(PackageResources.ports_txt)

    /// A value a line, what it is behind a tab; lines that begin with `#` explain the file.
    private static func read(_ bytes: [UInt8]) -> [KnownValue] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else { return nil }
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard let text = parts.first else { return nil }
            return KnownValue(text: String(text), note: parts.count > 1 ? String(parts[1]) : "")
        }
    }
}

extension FileAnalysis {
    /// The images that the project has written down what is in them.
    var lockedImages: [String] {
        guard let bytes = project?.view.content("envd.lock"), let table = try? FactTable(json: bytes) else { return [] }
        return table.images.keys.filter { !FactTable.isPattern($0) }.sorted()
    }

    /// The ports that calls of the API around a place name.
    func ports(in semantics: ChunkSemantics) -> [(port: String, function: String)] {
        var found: [(port: String, function: String)] = []
        for call in semantics.calls {
            for argument in call.arguments where argument.parameter.type == "Port" {
                guard case .literal(let literal) = argument.value, let token = literal.token, token.kind == .integer,
                    token.text != "0"
                else { continue }
                found.append((token.text, call.name))
            }
        }
        return found
    }
}
