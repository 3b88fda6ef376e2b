import EnvdSyntax

extension Rule {
    /// A URL that nothing can be downloaded from.
    static let invalidUrl = Rule(
        "invalid-url", .packages, .error, page: PackageResources.invalid_url_md,
        .calls(.taking("Url")) { call, context, reporter in
            for argument in call.arguments where argument.parameter.type == "Url" {
                guard let constant = context.constant(argument.value), let url = constant.text, !url.isEmpty,
                    !call.function.parameters.contains(where: { $0.name == "description" }),
                    let problem = problem(of: url, isFile: call.function.parameter("checksum") != nil)
                else { continue }
                reporter.report(constant.range, problem)
            }
        })
}

private func problem(of url: String, isFile: Bool) -> String? {
    let scheme = url.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") }
    guard !scheme.isEmpty, url.dropFirst(scheme.count).hasPrefix("://") else {
        return "'\(url)' is no URL: it begins with no scheme, such as 'https://'"
    }
    let rest = url.dropFirst(scheme.count + 3)
    if rest.isEmpty || rest.hasPrefix("/") && scheme != "file" { return "'\(url)' is no URL: it names no host" }
    // Most URLs have no character that could be one.
    if url.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x80 }), url.contains(where: \.isWhitespace) {
        return "'\(url)' is no URL: it has a space, which is written %20"
    }
    if isFile, !["http", "https"].contains(scheme.lowercased()) {
        return "the builder downloads over http and https, not \(scheme)"
    }
    return nil
}
