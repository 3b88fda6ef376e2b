import EnvdSyntax

/// Which fixes may be made without a person looking at each.
package enum FixKind: Sendable {
    /// Those after which the program does what it was plainly meant to.
    case safe
    case all
}

/// A text after its findings were mended, as far as they can be.
package struct FixedText: Sendable {
    package let bytes: [UInt8]
    /// How many findings were mended.
    package let count: Int
    /// The titles of fixes that were not made because the program would have had more syntax errors.
    package let refused: [String]
}

/// Mends what can be mended: in rounds, since one fix makes room for the next, and at most ten, since two fixes could undo
/// each other for ever.
///
/// - Parameters:
///   - bytes: the text.
///   - check: the findings of a text that are to be mended, and how many syntax errors it has.
package func fixing(
    _ bytes: [UInt8], _ kind: FixKind, check: ([UInt8]) -> (findings: [Finding], syntaxErrors: Int)
) -> FixedText {
    var text = bytes
    var count = 0
    var refused: [String] = []
    for _ in 0..<10 {
        let before = check(text)
        let chosen = disjointFixes(of: before.findings, kind)
        guard !chosen.isEmpty else { break }
        let together = applying(chosen.flatMap(\.edits), to: text)
        if check(together).syntaxErrors <= before.syntaxErrors {
            text = together
            count += chosen.count
            continue
        }
        // One of them breaks the program: each by itself, from the back, so that places stay where they are.
        var made = 0
        for fix in chosen.reversed() {
            let alone = applying(fix.edits, to: text)
            if check(alone).syntaxErrors <= before.syntaxErrors {
                text = alone
                made += 1
            } else if !refused.contains(fix.title) {
                refused.append(fix.title)
            }
        }
        count += made
        if made == 0 { break }
    }
    return FixedText(bytes: text, count: count, refused: refused)
}

/// The first fix of each finding that may be made, in source order. One that touches an earlier one waits for the next
/// round.
private func disjointFixes(of findings: [Finding], _ kind: FixKind) -> [Fix] {
    let candidates = findings.compactMap { finding in
        finding.fixes.first { ($0.isSafe || kind == .all) && !$0.edits.isEmpty }
    }
    // By where they begin, so that those from the back never move those before them.
    let ordered = candidates.enumerated().sorted { ($0.1.start, $0.0) < ($1.1.start, $1.0) }.map(\.1)
    var chosen: [Fix] = []
    var end = -1
    for fix in ordered where fix.start > end {
        chosen.append(fix)
        end = fix.end
    }
    return chosen
}

extension Fix {
    fileprivate var start: Int { edits.map(\.range.lowerBound).min() ?? 0 }
    fileprivate var end: Int { edits.map(\.range.upperBound).max() ?? 0 }
}

/// The text with all edits made; those that do not fit it, or overlap, are left out.
package func applying(_ edits: [SourceEdit], to bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    let ordered = edits.enumerated().sorted { ($0.1.range.lowerBound, $0.0) < ($1.1.range.lowerBound, $1.0) }.map(\.1)
    for edit in ordered where edit.range.lowerBound >= at && edit.range.upperBound <= bytes.count {
        out += bytes[at..<edit.range.lowerBound]
        out += edit.replacement.utf8
        at = edit.range.upperBound
    }
    return out + bytes[at...]
}
