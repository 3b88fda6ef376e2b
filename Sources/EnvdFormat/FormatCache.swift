import EnvdSyntax
import Synchronization

/// What the chunks of one document were formatted to, so that after an edit only those are formatted again that it
/// touched. A cache knows chunks by their identity; it may be asked from any thread.
package final class FormatCache: Sendable {
    private struct Entry: Sendable {
        let chunk: Chunk
        let traits: FileTraits
        /// A comment in it may be `# fmt: off` or the like.
        let mayHaveDirectives: Bool
        var result: (context: FormattedChunk.Context, chunk: FormattedChunk)?
    }

    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    package init() {}

    /// Whether some part of the document was formatted.
    package var isInUse: Bool { entries.withLock { !$0.isEmpty } }

    /// What all chunks of a file together say of it.
    struct Summary {
        var traits = FileTraits()
        /// The first chunk that may have a directive.
        var firstDirective: Int?
    }

    func summary(of chunks: [Chunk]) -> Summary {
        entries.withLock { entries in
            var summary = Summary()
            for (index, chunk) in chunks.enumerated() {
                let entry = Self.entry(of: chunk, in: &entries)
                summary.traits.formUnion(entry.traits)
                if entry.mayHaveDirectives, summary.firstDirective == nil { summary.firstDirective = index }
            }
            // Chunks that edits have replaced.
            if entries.count > 2 * chunks.count + 64 {
                let current = Set(chunks.map(ObjectIdentifier.init))
                entries = entries.filter { current.contains($0.key) }
            }
            return summary
        }
    }

    func formatted(_ chunk: Chunk, _ context: FormattedChunk.Context) -> FormattedChunk {
        let known = entries.withLock { $0[ObjectIdentifier(chunk)]?.result }
        if let known, known.context == context { return known.chunk }
        let result = FormattedChunk(chunk, context)
        entries.withLock { entries in
            _ = Self.entry(of: chunk, in: &entries)
            entries[ObjectIdentifier(chunk)]?.result = (context, result)
        }
        return result
    }

    private static func entry(of chunk: Chunk, in entries: inout [ObjectIdentifier: Entry]) -> Entry {
        if let known = entries[ObjectIdentifier(chunk)] { return known }
        let entry = Entry(
            chunk: chunk, traits: FileTraits(chunk), mayHaveDirectives: chunk.withBytes(Directive.mayBe), result: nil)
        entries[ObjectIdentifier(chunk)] = entry
        return entry
    }
}
