import EnvdSyntax

extension Rule {
    /// A comment that silences nothing.
    ///
    /// Asked by `lint` itself, which knows what the other rules have found.
    static let unusedSuppression = Rule(
        "unused-suppression", .starlark, .warning, page: PackageResources.unused_suppression_md,
        .suppressions)
}

extension Suppressions {
    /// What is wrong with the comments of a file.
    ///
    /// - Parameters:
    ///   - used: what silences something.
    ///   - judged: the codes of the rules that were asked, so that silence means something.
    ///   - known: the codes of all rules.
    func violations(in file: SourceFile, used: Set<Key>, judged: Set<String>, known: [String]) -> [Rule.Violation] {
        let bytes = file.bytes
        var found: [Rule.Violation] = []
        for (comment, entries) in zip(comments, entries) {
            guard !entries.isEmpty else {
                let example = comment.isForFile ? "ignore-file" : "ignore"
                found.append(
                    Rule.Violation(
                        range: trimmed(comment.range, in: bytes),
                        message: "this silences nothing: name the rule, as in '# envd: \(example)[undefined-name]'"))
                continue
            }
            var verdicts: [(place: Int, verdict: Verdict)] = []
            var seen: Set<String> = []
            for (place, entry) in entries.enumerated() {
                let isRepeated = !seen.insert(entry.code).inserted
                let isUsed = entry.key.map(used.contains) == true && !isRepeated
                guard !isUsed, let verdict = verdict(on: entry, of: comment, judged: judged, known: known) else {
                    continue
                }
                verdicts.append((place, verdict))
            }
            // A comment of which nothing stays goes as a whole.
            if verdicts.count == entries.count, verdicts.allSatisfy({ $0.verdict.isRemovable }) {
                found.append(
                    Rule.Violation(
                        range: trimmed(comment.range, in: bytes),
                        message: verdicts.map(\.verdict.message).joined(separator: "; "),
                        fixes: [
                            Fix("Remove the comment", replace: removal(of: comment, in: bytes), with: "", isSafe: true)
                        ]))
                continue
            }
            for (place, verdict) in verdicts {
                found.append(
                    Rule.Violation(
                        range: entries[place].range, message: verdict.message,
                        fixes: fixes(for: place, in: entries, verdict)))
            }
        }
        return found
    }

    // MARK: - One name

    private struct Verdict {
        var message: String
        /// The name that was probably meant.
        var meant: String?
        /// What somebody misspelt is not theirs to lose.
        var isRemovable: Bool { meant == nil }
    }

    private func verdict(
        on entry: Entry, of comment: SuppressionComment, judged: Set<String>, known: [String]
    ) -> Verdict? {
        let code = entry.code
        if comment.isForFile, entry.target == nil {
            return Verdict(message: "ignore-file has to stand above the first statement to silence '\(code)'")
        }
        if code == Rule.unusedSuppression.code {
            return Verdict(message: "'\(code)' is about comments, and no comment silences it")
        }
        guard known.contains(code) else {
            if SyntaxDiagnosticCode.allCases.contains(where: { $0.name == code }) {
                return Verdict(message: "'\(code)' is a syntax error, which no comment silences")
            }
            let meant = nearestName(to: code, among: known)
            let hint = meant.map { "; did you mean '\($0)'?" } ?? ""
            return Verdict(message: "no rule is called '\(code)'\(hint)", meant: meant)
        }
        return judged.contains(code) ? Verdict(message: "there is no finding of '\(code)' to silence") : nil
    }

    private func fixes(for place: Int, in entries: [Entry], _ verdict: Verdict) -> [Fix] {
        let own = entries[place].range
        if let meant = verdict.meant { return [Fix("Replace with '\(meant)'", replace: own, with: meant)] }
        // With the comma behind it, or before the last one.
        let range: Range<Int>
        if place + 1 < entries.count {
            range = own.lowerBound..<entries[place + 1].range.lowerBound
        } else if place > 0 {
            range = entries[place - 1].range.upperBound..<own.upperBound
        } else {
            range = own
        }
        return [Fix("Remove '\(entries[place].code)'", replace: range, with: "", isSafe: true)]
    }

    // MARK: - The text around it

    /// Without blanks at its end.
    private func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return range.lowerBound..<end
    }

    /// What has to go so that nothing is left of a comment: the whole line if there is nothing else on it.
    private func removal(of comment: SuppressionComment, in bytes: [UInt8]) -> Range<Int> {
        func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
        var (start, end) = (comment.range.lowerBound, comment.range.upperBound)
        let isLast = end == bytes.count || isLineBreak(bytes[end])
        while isLast, start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        let isFirst = start == 0 || isLineBreak(bytes[start - 1])
        if isFirst, isLast, end < bytes.count {
            end += bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? 2 : 1
        }
        return start..<end
    }
}
