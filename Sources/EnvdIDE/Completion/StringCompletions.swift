import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

extension FileAnalysis {
    /// What a text can hold at the cursor, by what it is for: a file to load, a path, a package. A text of which nothing is known
    /// has no entries.
    func completions(in token: SyntaxToken, _ place: CursorPlace, _ options: CompletionAbilities) -> CompletionList {
        guard let content = token.textContent, content.lowerBound <= place.offset, token.kind == .string else {
            return CompletionList(replaced: place.word)
        }
        let typed = file.bytes(in: content.lowerBound..<place.offset)
        // What is not closed ends at the first blank or bracket, which belong to the code behind it.
        let text = TextPlace(content: closed(token, content, place.offset), typed: typed, offset: place.offset)
        if let load = token.parent.flatMap(LoadStmt.init) ?? token.parent?.parent.flatMap(LoadStmt.init) {
            return completions(in: token, of: load, text, place, options)
        }
        guard let literal = token.parent, let semantics = checked.semantics(at: literal.range.lowerBound),
            let parent = literal.parent
        else { return CompletionList(replaced: text.content) }
        if let index = IndexExpr(parent), let list = keyCompletions(index, semantics, text, place, options) {
            return list
        }
        let known = place.previous?.parent.flatMap { wantedType(within: $0, at: token.range.lowerBound, semantics) }
        let wanted = known ?? Expr(literal).flatMap { semantics.wantedType($0) }
        guard let wanted else { return CompletionList(replaced: text.content) }
        var collector = CompletionCollector(self, options, place, prefix: typed, wanted: wanted)
        var order = 0
        func rank() -> Completion.Rank {
            order += 1
            return Completion.Rank(.expected, order)
        }
        for member in wanted.members {
            switch member {
            case .literal(.string(let value)):
                collector.add(Completion(value, .value, rank: rank()))
            case .refined(let refined) where refined.name == "HostPath":
                return pathCompletions(text, place, options)
            case .refined(let refined) where refined.base == .string:
                for value in values(of: refined.name, semantics, isTyped: true) {
                    var item = Completion(value.text, .value, rank: rank(), origin: value.note)
                    item.filter = value.text
                    collector.add(item)
                }
            default: break
            }
        }
        excludeOthers(of: literal, from: &collector)
        return collector.list(replacing: text.content)
    }

    /// Where the content of a text ends that a completion may take the place of.
    private func closed(_ token: SyntaxToken, _ content: Range<Int>, _ offset: Int) -> Range<Int> {
        guard content.upperBound == token.range.upperBound else { return content }
        let rest = file.bytes(in: offset..<content.upperBound)
        let end = rest.firstIndex { " )],\t\r\n\"'".utf8.contains($0) } ?? rest.count
        return content.lowerBound..<(offset + end)
    }

    /// What a list holds already need not be named again.
    private func excludeOthers(of literal: SyntaxNode, from collector: inout CompletionCollector) {
        guard let list = literal.parent.flatMap(ListExpr.init) else { return }
        for element in list.elements {
            guard case .literal(let other) = element, other.node != literal, let token = other.token,
                token.kind == .string, let content = token.textContent
            else { continue }
            collector.exclude(file.text(in: content))
        }
    }

    /// The keys of a dict that is written out where its variable gets its value.
    private func keyCompletions(
        _ index: IndexExpr, _ semantics: ChunkSemantics, _ text: TextPlace, _ place: CursorPlace,
        _ options: CompletionAbilities
    ) -> CompletionList? {
        guard case .name(let name)? = index.base, let token = name.name, let meaning = semantics.meaning(of: token)
        else {
            return nil
        }
        let places: [Range<Int>] =
            switch meaning {
            case .global(let name): checked.global(name)?.occurrences.map(\.range) ?? []
            case .local(let local): local.occurrences.map(\.range)
            default: []
            }
        var collector = CompletionCollector(self, options, place, prefix: text.typed, wanted: nil)
        for range in places {
            guard let target = file.token(at: range.lowerBound)?.parent?.parent.flatMap(AssignStmt.init),
                case .dict(let dict)? = target.value
            else { continue }
            for case .dictEntry(let entry) in dict.entries {
                guard case .literal(let key)? = entry.key, let token = key.token, token.kind == .string,
                    let content = token.textContent
                else { continue }
                collector.add(Completion(file.text(in: content), .value, rank: Completion.Rank(.expected)))
            }
        }
        return collector.list(replacing: text.content)
    }

    // MARK: - Paths

    /// The files and folders of the project, one folder at a time.
    func pathCompletions(
        _ text: TextPlace, _ place: CursorPlace, _ options: CompletionAbilities,
        accepts: (String) -> Bool = { _ in true }
    ) -> CompletionList {
        guard let project else { return CompletionList(replaced: text.content) }
        let typed = text.typed
        let slash = typed.lastIndex(of: UInt8(ascii: "/"))
        let folder = String(decoding: typed[..<(slash ?? 0)], as: UTF8.self)
        // Paths of the host outside of the project are not looked at.
        guard !folder.hasPrefix("/"), !folder.hasPrefix("~"), slash != 0 else {
            return CompletionList(replaced: text.content)
        }
        let start = text.content.lowerBound + (slash.map { $0 + 1 } ?? 0)
        let rest = file.bytes(in: place.offset..<text.content.upperBound)
        let end = place.offset + (rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count)
        let name = Array(typed[(slash.map { $0 + 1 } ?? 0)...])
        var collector = CompletionCollector(self, options, place, prefix: name, wanted: nil)
        let shown = folder.hasPrefix("./") ? String(folder.dropFirst(2)) : folder == "." ? "" : folder
        for entry in project.entries(shown) {
            guard entry.isFolder || accepts(entry.name) else { continue }
            // What is hidden is shown to who asks for it.
            if entry.name.hasPrefix("."), name.first != UInt8(ascii: ".") { continue }
            var item = Completion(
                entry.name, entry.isFolder ? .folder : .file, rank: Completion.Rank(.expected, entry.isFolder ? 1 : 0))
            item.insertion = entry.isFolder ? entry.name + "/" : entry.name
            collector.add(item)
        }
        return collector.list(replacing: start..<max(end, place.offset))
    }
}

/// A text in which something is typed.
struct TextPlace {
    /// What is between the quotes, in UTF-8 bytes of the file.
    let content: Range<Int>
    /// What stands before the cursor.
    let typed: [UInt8]
    let offset: Int
}
