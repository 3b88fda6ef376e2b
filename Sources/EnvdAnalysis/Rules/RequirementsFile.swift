import EnvdSyntax
import LLB

extension Rule {
    /// A requirements file that pip would read well, and that envd takes apart in its own way.
    static let requirementsFile = Rule(
        "requirements-file", .packages, .error, page: PackageResources.requirements_file_md,
        .calls(of: "install.python_packages") { call, context, reporter in
            guard let path = context.constant("requirements", of: call),
                let name = path.text, !name.isEmpty, let content = context.project?.content(name)
            else { return }
            let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
                String(decoding: line.last == "\r" ? line.dropLast() : line, as: UTF8.self)
            }
            guard isReadByEnvd(lines, context), let (line, problem) = problem(in: lines) else { return }
            reporter.report(path.range, "line \(line + 1) of '\(name)': \(problem)")
        })
}

/// Whether envd puts the lines of a file into the command instead of letting pip read it: nothing in it refers to other files. The test is
/// upstream's.
private func isReadByEnvd(_ lines: [String], _ context: RuleContext) -> Bool {
    lines.allSatisfy { line in
        line.hasPrefix("#")
            || !["-e", "-r", "-c", "--find-links"].contains(where: { containsText($0, in: line) })
                && (line.isEmpty || context.project?.status(line) != .file)
    }
}

/// The first line that does not reach pip as it is, from 0, and what becomes of it.
private func problem(in lines: [String]) -> (line: Int, problem: String)? {
    for (index, line) in lines.enumerated() where !line.hasPrefix("#") && !line.allSatisfy(\.isWhitespace) {
        let words = ShellWords.split(line)
        if !words.isComplete { return (index, "a quote is open, and pip gets nothing of what follows") }
        if containsText(" #", in: line) {
            let following = lines[(index + 1)...].contains { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
            return following
                ? (index, "pip gets nothing of what follows the '#', and that is all later lines too") : nil
        }
        guard Requirement(line.trimmed) != nil, words.words != [line.trimmed] else { continue }
        return (index, "envd splits it at the spaces, without its quotes, and pip gets \(joined(words.words))")
    }
    return nil
}

private func containsText(_ text: String, in line: String) -> Bool {
    let (text, line) = (Array(text.utf8), Array(line.utf8))
    guard line.count >= text.count else { return false }
    return (0...(line.count - text.count)).contains { line[$0...].starts(with: text) }
}
