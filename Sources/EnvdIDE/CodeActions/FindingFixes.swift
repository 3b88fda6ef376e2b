import EnvdAnalysis
import EnvdFormat
import EnvdSyntax

// Mends what the linter has found. The findings are those of the file as it is, not those that a client remembers.

/// The ways to mend a finding.
let findingFixes = CodeActionProvider(name: "fix:", kind: .quickFix) { place in
    var offers: [CodeActionOffer] = []
    var known: Set<Fix> = []
    for finding in place.findings {
        for (number, fix) in finding.fixes.enumerated() where !fix.edits.isEmpty && known.insert(fix).inserted {
            // Findings that one change mends are offered together.
            let mended = place.findings.filter { $0.fixes.contains(fix) }
            let id = "fix:\(finding.code):\(finding.range.lowerBound):\(finding.range.upperBound):\(number)"
            offers.append(
                place.offer(
                    id, fix.title, .quickFix, isPreferred: fix.isSafe && number == 0, findings: mended,
                    edit: { ProjectEdit(fix.edits) }))
        }
    }
    return offers
}

/// All findings of one rule in the file.
let fixRule = CodeActionProvider(name: "fix-rule:", kind: .quickFix) { place in
    var seen: Set<String> = []
    return place.findings.compactMap { finding in
        guard let fix = finding.fixes.first, seen.insert(finding.code).inserted else { return nil }
        let alike = place.allFindings.filter { $0.code == finding.code && !$0.fixes.isEmpty }
        guard alike.count > 1 else { return nil }
        let kind: FixKind = alike.allSatisfy { $0.fixes.first?.isSafe == true } ? .safe : .all
        return place.offer(
            "fix-rule:\(finding.code)", "Fix all of '\(finding.code)' in this file", .quickFix, findings: [finding],
            edit: { place.analysis.fixing(kind) { $0.code == finding.code } })
    }
}

/// What `envd lint --fix` does.
let fixAll = CodeActionProvider(name: "fix-all", kind: .fixAll) { place in
    guard place.allFindings.contains(where: { $0.fixes.contains(where: \.isSafe) }) else { return [] }
    return [
        place.offer("fix-all", "Fix all that can be fixed safely", .fixAll) {
            place.analysis.fixing(.safe) { _ in true }
        }
    ]
}

/// Names of an older envd.
let migrateAPI = CodeActionProvider(name: "migrate", kind: .rewrite) { place in
    let rules: Set<String> = ["old-function", "old-parameter", "old-syntax"]
    guard place.findings.contains(where: { rules.contains($0.code) }),
        place.allFindings.contains(where: { rules.contains($0.code) && !$0.fixes.isEmpty })
    else { return [] }
    return [
        place.offer(
            "migrate", "Migrate this file to version 1 of the API", .rewrite,
            findings: place.findings.filter { rules.contains($0.code) }
        ) { place.analysis.fixing(.all) { rules.contains($0.code) } }
    ]
}

extension FileAnalysis {
    /// Mends findings round by round, as the command line does.
    func fixing(_ kind: FixKind, _ isWanted: (Finding) -> Bool) -> ProjectEdit? {
        let old = file.bytes
        let scratch = FileAnalysis(file, surroundings)
        let fixed = EnvdAnalysis.fixing(old, kind) { bytes in
            guard bytes.count <= SyntaxLimits.fileSize else { return ([], .max) }
            let text = SourceFile(bytes: bytes)
            scratch.update(text)
            return (scratch.findings.filter(isWanted), text.diagnostics.count)
        }
        return ProjectEdit(textEdits(from: old, to: fixed.bytes))
    }
}

/// Small edits that turn one text into another.
func textEdits(from old: [UInt8], to new: [UInt8]) -> [SourceEdit] {
    FormatEdit.edits(from: old, to: new).map { edit in
        SourceEdit(range: edit.range, replacement: String(decoding: edit.replacement, as: UTF8.self))
    }
}
