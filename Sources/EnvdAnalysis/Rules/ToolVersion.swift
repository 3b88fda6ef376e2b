import EnvdSyntax

extension Rule {
    /// A version that makes no address of a download.
    static let toolVersion = Rule(
        "tool-version", .api, .error, page: PackageResources.tool_version_md,
        .calls(.of(Array(checks.keys))) { call, context, reporter in
            guard let check = checks[call.name], let argument = call.argument("version"),
                let version = context.constant("version", of: call)?.text, !version.isEmpty,
                let problem = check(version)
            else { return }
            reporter.report(argument.value.range, problem)
        })
}

private let checks: [String: @Sendable (String) -> String?] = [
    "install.go": { version in
        guard let first = version.first, !first.isNumber else { return nil }
        return "Go's version is the number alone, such as \"1.25.3\": '\(version)' is no release"
    },
    "install.nodejs": { version in
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        if version.first == "v" { return "Node.js's version is the number alone: envd writes the 'v' itself" }
        guard parts.count < 3 || parts.contains(where: \.isEmpty) else { return nil }
        return "Node.js's version has three numbers, such as \"22.11.0\": there is no download of '\(version)'"
    },
    "install.rust": { version in
        let parts = version.split(separator: ".")
        guard let major = parts.first.flatMap({ Int($0) }) else {
            return "this is the version of rustup, not of the compiler: run \"rustup default \(version)\" instead"
        }
        // rustup is far from 1.40, and so are the compilers that anybody still asks for.
        guard major == 1, parts.count > 1, let minor = Int(parts[1]), minor >= 40 else { return nil }
        return "this is the version of rustup, not of the compiler: run \"rustup default \(version)\" instead"
    },
    "install.codex": { version in
        guard let first = version.first, first.isNumber else { return nil }
        return "a version of Codex is the tag of its release: write \"rust-v\(version)\""
    },
]
