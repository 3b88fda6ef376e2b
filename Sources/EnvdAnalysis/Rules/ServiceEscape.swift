import EnvdSyntax

extension Rule {
    /// A backslash in a command of the supervisor, whose file format takes it for an escape that does not exist.
    static let serviceEscape = Rule(
        "service-escape", .shell, .error, page: PackageResources.service_escape_md,
        .calls(of: "runtime.init", "runtime.daemon") { call, context, reporter in
            guard let commands = context.constant("commands", of: call)?.elements
            else { return }
            for text in commands.flatMap(\.texts) {
                let literal = LiteralText(text, in: context.file)
                var at = 0
                while at < literal.bytes.count {
                    guard literal.bytes[at] == "\\" else {
                        at += 1
                        continue
                    }
                    defer { at += 2 }
                    let next = at + 1 < literal.bytes.count ? literal.bytes[at + 1] : UInt8(ascii: "\n")
                    // What TOML reads between three double quotes.
                    guard !"btnfr\"\\uU\n \t".utf8.contains(next) else { continue }
                    var fixes: [Fix] = []
                    let range = literal.source(at..<min(at + 2, literal.bytes.count))
                    if literal.isExact, let replacement = literal.escaped("\\\\") {
                        let backslash = literal.source(at..<(at + 1))
                        fixes.append(Fix("Double the backslash", replace: backslash, with: replacement, isSafe: true))
                    }
                    reporter.report(
                        Violation(
                            range: range,
                            message: "the supervisor's file has no escape '\\\(String(UnicodeScalar(next)))', and the "
                                + "command is never started; double the backslash",
                            fixes: fixes))
                    break
                }
            }
        })
}
