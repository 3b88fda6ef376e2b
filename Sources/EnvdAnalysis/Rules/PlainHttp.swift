import EnvdSyntax

extension Rule {
    /// A URL whose content anybody on the way can change.
    static let plainHttp = Rule(
        "plain-http", .security, .warning, page: PackageResources.plain_http_md,
        .calls { call, context, reporter in
            for argument in call.arguments where isDownload(argument.parameter.type) {
                guard let constant = context.constant(argument.value), let url = constant.text, isPlain(url) else {
                    continue
                }
                // A checksum says what has to come.
                if context.constant("checksum", of: call)?.text?.isEmpty == false { continue }
                // What is only shown to people.
                if call.function.parameters.contains(where: { $0.name == "description" }) { continue }
                let fixes = secured(LiteralText((url, constant.range), in: context.file), at: 0)
                reporter.report(Violation(range: constant.range, message: message, fixes: fixes))
            }
            for (program, command) in context.buildCommands(of: call)
            where ["curl", "wget", "git"].contains(command.name) {
                for word in command.operands where isPlain(word.text) {
                    var fixes: [Fix] = []
                    if let (literal, offset) = program.literal(at: word.range.lowerBound), word.raw.hasPrefix("http:") {
                        fixes = secured(literal, at: offset)
                    }
                    reporter.report(Violation(range: program.source(word.range), message: message, fixes: fixes))
                }
            }
        })
}

private let message = "anybody on the way can change what comes over plain http; use https"

private func isDownload(_ type: String) -> Bool { type == "Url" || type == "GitUrl" }

private func secured(_ literal: LiteralText, at offset: Int) -> [Fix] {
    guard literal.isExact else { return [] }
    let range = literal.source(offset..<(offset + "http".utf8.count))
    return [Fix("Use https", replace: range, with: "https")]
}

/// Whether a URL goes over the network without encryption.
private func isPlain(_ url: String) -> Bool {
    guard url.lowercased().hasPrefix("http://") else { return false }
    let authority = url.dropFirst("http://".count).prefix { $0 != "/" && $0 != "?" }
    let host = (authority.split(separator: "@").last ?? authority).prefix { $0 != ":" }
    let isPrivate = ["127.", "10.", "192.168.", "172.", "[", "host.docker.internal", "$"].contains {
        host.hasPrefix($0)
    }
    return !isPrivate && host != "localhost" && host.contains(".") && !host.hasSuffix(".local")
        && !host.hasSuffix(".internal") && !host.hasSuffix(".lan")
}
