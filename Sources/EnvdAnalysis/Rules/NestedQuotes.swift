import EnvdSyntax

extension Rule {
    /// A single quote that ends the quotation which envd puts around the commands, so that part of them is lost.
    static let nestedQuotes = Rule(
        "nested-quotes", .shell, .error, page: PackageResources.nested_quotes_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                guard let quotation = program.quotation, let quote = quotation.firstQuote else { continue }
                let range = program.place(quote..<(quote + 1))
                let fixes = [escapingQuotes(in: program)].compactMap { $0 }
                switch quotation.outcome {
                case .whole: continue
                case .cut:
                    let kept = String(decoding: quotation.bytes, as: UTF8.self)
                    let last = kept.split(separator: "\n").last ?? ""
                    reporter.report(
                        Violation(
                            range: range,
                            message:
                                "the quote ends the quotation that envd puts around the commands, so that they end with "
                                + "'\(last)'; use double quotes",
                            fixes: fixes))
                case .unclosed:
                    reporter.report(
                        Violation(
                            range: range,
                            message: "the quote ends the quotation that envd puts around the commands, and nothing of "
                                + "them is run; use double quotes",
                            fixes: fixes))
                }
            }
        })
}

/// Writes each quote of a script so that it reaches the shell; nil where that cannot be told.
func escapingQuotes(in program: ShellProgram) -> Fix? {
    guard program.unclosed == nil, let quotation = program.quotation, !quotation.isDeliberate else { return nil }
    var edits: [SourceEdit] = []
    for literal in program.literals {
        for (offset, byte) in literal.bytes.enumerated() where byte == "'" {
            guard literal.isExact, let text = literal.escaped("'\\''") else { return nil }
            edits.append(SourceEdit(range: literal.source(offset..<(offset + 1)), replacement: text))
        }
    }
    return edits.isEmpty ? nil : Fix(title: "Let every quote reach the shell", edits: edits, isSafe: true)
}
