import EnvdSyntax
import LLB

/// An operation of a plan as people speak of it: with a number and a word for what it does.
package struct PlanStep: Sendable {
    /// Counted from 1.
    package let number: Int
    package let kind: Kind
    package let title: String
    /// The numbers of the steps whose results it uses.
    package let needs: [Int]
    package let digest: Digest
    package let operation: Operation
    /// What the operation is called in the builder's progress, empty if nothing.
    package let name: String
    /// The calls that asked for it, the first one first; empty if nobody did.
    package let locations: [SourceLocation]

    package enum Kind: String, Sendable {
        case image, local, git, http, run, copy, file, remove, merge, diff, build
        case directory = "dir"
    }
}

extension Plan {
    /// The operations in the order in which they are sent, without the last, which only names the result.
    package var steps: [PlanStep] {
        let entries = definition.entries.filter { $0.operation.body != nil }
        // By digest: as text, since the runtime knows how to hash that without looking for it.
        var numbers: [String: Int] = [:]
        for (index, entry) in entries.enumerated() where numbers[entry.digest.description] == nil {
            numbers[entry.digest.description] = index + 1
        }
        var steps: [PlanStep] = []
        for (index, entry) in entries.enumerated() {
            guard let (kind, title) = entry.summary else { continue }
            steps.append(
                PlanStep(
                    number: index + 1, kind: kind, title: title,
                    needs: entry.operation.inputs.compactMap { numbers[$0.digest.description] }, digest: entry.digest,
                    operation: entry.operation, name: entry.metadata.customName ?? "", locations: entry.locations))
        }
        return steps
    }

    /// The call at a location, blanks and line breaks pressed together; empty if the file is not known.
    package func call(at location: SourceLocation) -> String {
        guard let source = sources[location.file] else { return "" }
        // Nobody reads more of a call than this, and it may be megabytes long.
        let limit = min(location.range.upperBound, location.range.lowerBound + 400)
        return source.text(in: location.range.lowerBound..<limit).withBlanksPressedTogether
    }
}

extension String {
    /// Words with one blank between each two of them. Nearly all calls are ASCII, where the bytes tell what is blank.
    fileprivate var withBlanksPressedTogether: String {
        var pressed: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case 0x80...: return split(whereSeparator: \.isWhitespace).joined(separator: " ")
            case 0x09...0x0D, 0x20: if let last = pressed.last, last != 0x20 { pressed.append(0x20) }
            default: pressed.append(byte)
            }
        }
        if pressed.last == 0x20 { pressed.removeLast() }
        return String(decoding: pressed, as: UTF8.self)
    }
}

extension Definition.Entry {
    /// Nil for the entry that only names the result.
    fileprivate var summary: (PlanStep.Kind, String)? {
        let prefix = "[internal] "
        let name = metadata.customName.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        switch operation.body {
        case .source(let source): return source.summary
        case .exec(let exec): return (.run, name ?? exec.arguments.joined(separator: " "))
        case .file(let actions): return actions.first.map { $0.summary(name) }
        case .build: return (.build, name ?? "a definition")
        case .merge: return (.merge, name ?? "file systems")
        case .diff: return (.diff, name ?? "file systems")
        case nil: return nil
        }
    }
}

extension Operation.Source {
    fileprivate var summary: (PlanStep.Kind, String) {
        let schemes: [(String, PlanStep.Kind)] = [
            ("docker-image://", .image), ("oci-layout://", .image), ("local://", .local), ("git://", .git),
        ]
        for (scheme, kind) in schemes where identifier.hasPrefix(scheme) {
            return (kind, String(identifier.dropFirst(scheme.count)))
        }
        return (.http, identifier)
    }
}

extension Operation.FileAction {
    fileprivate func summary(_ name: String?) -> (PlanStep.Kind, String) {
        switch kind {
        case .copy(let copy): (.copy, name ?? "\(copy.source) to \(copy.destination)")
        case .makeFile(let file): (.file, name ?? file.path)
        case .makeDirectory(let directory): (.directory, name ?? directory.path)
        case .makeSymlink(let link): (.file, name ?? "\(link.path) to \(link.target)")
        case .remove(let removal): (.remove, name ?? removal.path)
        }
    }
}
