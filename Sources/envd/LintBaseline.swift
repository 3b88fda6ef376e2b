import EnvdAnalysis
import EnvdSyntax
import LLB

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The findings that an old tree had when somebody decided to look at new ones only.
///
/// A finding is known by its file, its rule, and what its line says, so that it stays known while lines move.
struct LintBaseline: Sendable {
    let path: Path
    /// How many findings of a kind each file has.
    private var counts: [String: [Kind: Int]] = [:]

    private struct Kind: Hashable, Sendable {
        let code: String
        /// Of the line, as `lineFingerprint` says.
        let line: String
    }

    private static let version = 1

    /// More findings than any file has; sums of it do not overflow.
    private static let maximumCount = 1 << 32

    // MARK: - Reading

    init(reading path: Path) throws(CommandFailure) {
        self.path = path
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(try path.read()))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("cannot use '\(path.displayName)': it is no baseline")
        }
        guard content.version == Self.version else {
            throw CommandFailure("cannot use '\(path.displayName)': it was written by another version of this tool")
        }
        for entry in content.findings where entry.count > 0 {
            let kind = Kind(code: entry.code, line: entry.line)
            let known = counts[entry.file]?[kind] ?? 0
            counts[entry.file, default: [:]][kind] = min(known + min(entry.count, Self.maximumCount), Self.maximumCount)
        }
    }

    private struct Content: Decodable {
        let version: Int
        let findings: [Entry]
    }

    private struct Entry: Decodable {
        let file: String
        let code: String
        let line: String
        let count: Int
    }

    // MARK: - Using

    /// The findings of a file that are not known, and how many that were known are there no more.
    func unknown(_ findings: [Finding], in bytes: [UInt8], of file: Path) -> (findings: [Finding], gone: Int) {
        var left = counts[Self.name(of: file, in: path)] ?? [:]
        let lines = left.isEmpty ? nil : LineTable(bytes)
        let unknown = findings.filter { finding in
            guard let lines, isBaselined(finding) else { return true }
            let kind = Kind(
                code: finding.code, line: lineFingerprint(lines.line(at: finding.range.lowerBound, in: bytes)))
            guard let count = left[kind], count > 0 else { return true }
            left[kind] = count - 1
            return false
        }
        return (unknown, left.values.reduce(0, +))
    }

    /// How many findings it knows of files that do not exist any more.
    var goneWithTheirFiles: Int {
        counts.reduce(0) { sum, entry in
            let file = entry.key.hasPrefix("/") ? Path(bytes: entry.key.utf8) : path.parent.appending(entry.key.utf8)
            guard file.status() == nil else { return sum }
            return entry.value.values.reduce(sum, +)
        }
    }

    // MARK: - Writing

    /// - Parameter path: where it will stand, from where it names files.
    static func text(of reports: [LintReport], at path: Path) -> (text: String, count: Int) {
        var entries: [(file: String, kind: Kind, count: Int)] = []
        for report in reports {
            var counts: [Kind: Int] = [:]
            for finding in report.findings where isBaselined(finding) {
                counts[Kind(code: finding.code, line: report.fingerprint(of: finding)), default: 0] += 1
            }
            let file = name(of: report.path ?? Path(bytes: report.name.utf8), in: path)
            entries += counts.map { (file, $0.key, $0.value) }
        }
        entries.sort { ($0.file, $0.kind.code, $0.kind.line) < ($1.file, $1.kind.code, $1.kind.line) }
        var json = JSONWriter()
        json.object([
            ("version", { $0.number(version) }),
            (
                "findings",
                {
                    $0.array(entries) { json, entry in
                        json.object([
                            ("file", { $0.string(entry.file) }),
                            ("code", { $0.string(entry.kind.code) }),
                            ("line", { $0.string(entry.kind.line) }),
                            ("count", { $0.number(entry.count) }),
                        ])
                    }
                }
            ),
        ])
        return (json.text + "\n", entries.reduce(0) { $0 + $1.count })
    }

    /// How a baseline names a file: from its own folder on, so that both can move together.
    private static func name(of file: Path, in baseline: Path) -> String {
        guard let folder = baseline.parent.resolved, let components = file.components(from: folder) else {
            let parent = file.parent.resolved ?? file.parent
            return String(decoding: parent.appending(file.lastComponent).bytes, as: UTF8.self)
        }
        return String(decoding: Array(components.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
    }
}

/// Syntax errors are always told: nothing else that is said of such a file can be relied on.
private func isBaselined(_ finding: Finding) -> Bool {
    allRules.contains { $0.code == finding.code }
}

/// What a line says, but for blanks at its ends and how many there are between: 16 hexadecimal digits of its SHA-256.
func lineFingerprint(_ line: [UInt8]) -> String {
    let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x0C }
    return String(Digest(of: Array(words.joined(separator: [0x20]))).description.dropFirst("sha256:".count).prefix(16))
}

extension LineTable {
    /// The line that holds an offset, with what stands around it up to the line breaks.
    fileprivate func line(at offset: Int, in bytes: [UInt8]) -> [UInt8] {
        let start = offset - position(at: offset).column
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        return Array(bytes[start..<end])
    }
}
