import EnvdSyntax

extension Rule {
    /// Single quotes that envd takes away, so that the shell reads special characters that they were to protect.
    static let lostQuotes = Rule(
        "lost-quotes", .shell, .warning, page: PackageResources.lost_quotes_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                guard let quotation = program.quotation, quotation.outcome == .whole, !quotation.isDeliberate else {
                    continue
                }
                let fixes = [escapingQuotes(in: program)].compactMap { $0 }
                for part in quotation.exposed {
                    let quoted = (part.lowerBound - 1)..<(part.upperBound + 1)
                    guard let literal = program.literal(at: part.lowerBound) else { continue }
                    let text = literal.literal.bytes[literal.offset..<(literal.offset + part.count)]
                    guard isSpecial(text) else { continue }
                    reporter.report(
                        Violation(
                            range: program.place(quoted),
                            message: "envd takes these quotes away, and the shell reads "
                                + "'\(String(decoding: text, as: UTF8.self))' without any; use double quotes",
                            fixes: fixes))
                }
            }
        })
}

/// Whether the shell makes something else of a text without quotes.
private func isSpecial(_ text: ArraySlice<UInt8>) -> Bool {
    if let first = text.first, first == "#" || first == "~" { return true }
    if text.contains(UInt8(ascii: "{")), text.contains(UInt8(ascii: ",")) { return true }
    return text.contains { "$`\"\\*?()|&;<>".utf8.contains($0) }
}
