import EnvdSyntax

extension Rule {
    /// A package that is installed twice.
    static let duplicatePackage = Rule(
        "duplicate-package", .packages, .warning, page: PackageResources.duplicate_package_md,
        .program { context, reporter in
            for (package, earlier) in context.repeatedPackages where !conflict(earlier, package) {
                reporter.report(
                    package.range, "'\(package.name)' is in the list twice",
                    related: RelatedPlace(earlier.range, "the first time"))
            }
        })
}

/// A package that a call of the file asks for.
struct PackageUse {
    let kind: String
    let name: String
    let version: String?
    /// What is written, with markers and the like.
    let text: String
    let range: Range<Int>
    let call: Range<Int>
    let caller: String?
}

/// The packages that are asked for again in one function, each with its first use. Conditions and other functions may be two ways of
/// which one is taken.
func repeatedPackages(in context: ProgramContext) -> [(PackageUse, earlier: PackageUse)] {
    struct Key: Hashable {
        let kind: String
        let name: String
        let caller: String?
    }
    var first: [Key: PackageUse] = [:]
    var repeated: [(PackageUse, earlier: PackageUse)] = []
    for call in context.calls where !call.isConditional && call.name.hasPrefix("install.") {
        for kind in ["PipRequirement", "AptPackage", "CondaPackage"] {
            for (text, range) in context.texts(of: kind, in: call) {
                guard let (name, version) = identity(text, kind) else { continue }
                let use = PackageUse(
                    kind: kind, name: name, version: version, text: text, range: range, call: call.range,
                    caller: call.caller)
                let key = Key(kind: kind, name: name, caller: call.caller)
                if let earlier = first[key] {
                    if earlier.range != range { repeated.append((use, earlier)) }
                } else {
                    first[key] = use
                }
            }
        }
    }
    return repeated
}

/// Whether both name one version, and not the same.
func conflict(_ a: PackageUse, _ b: PackageUse) -> Bool {
    guard let first = a.version, let second = b.version else { return false }
    return first != second
}

private func identity(_ text: String, _ kind: String) -> (name: String, version: String?)? {
    switch kind {
    case "PipRequirement":
        // Markers choose among requirements of one package, and extras add to it.
        guard let requirement = Requirement(text), requirement.marker == nil, requirement.extras.isEmpty else {
            return nil
        }
        return (requirement.normalizedName, requirement.pinnedVersion)
    case "AptPackage": return AptPackage(text).map { ($0.name, $0.version.isEmpty ? nil : $0.version) }
    default: return CondaSpec(text).map { ($0.name, $0.pinnedVersion) }
    }
}
