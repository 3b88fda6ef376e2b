import EnvdAnalysis
import EnvdFormat
import EnvdLanguage
import EnvdSyntax

// Puts `load` statements in order: by path, one for each file, without names that nobody uses. Comments stay with their statement.

let organizeLoads = CodeActionProvider(name: "organize-loads", kind: .organizeImports) { place in
    guard place.analysis.hasLoads else { return [] }
    return [
        place.offer("organize-loads", "Organize loads", .organizeImports) {
            LoadOrder(place.analysis).edits.map { ProjectEdit($0) }
        }
    ]
}

extension FileAnalysis {
    /// Whether some statement loads a file. Of a file of a project that is known already.
    fileprivate var hasLoads: Bool {
        project == nil ? file.statements.contains { $0.kind == .loadStmt } : !checked.loadedModules.loads.isEmpty
    }
}

/// The `load` statements of a file as they should stand.
private struct LoadOrder {
    private let analysis: FileAnalysis
    private let file: SourceFile
    /// The names that types mention, which no use shows.
    private let annotated: Set<String>

    init(_ analysis: FileAnalysis) {
        self.analysis = analysis
        file = analysis.file
        var annotated: Set<String> = []
        for statement in file.statements {
            for node in statement.descendants
            where node.kind == .typeAnnotation || node.kind == .returnAnnotation {
                for token in node.tokens where token.kind == .identifier { annotated.insert(token.text) }
            }
        }
        self.annotated = annotated
    }

    private struct Item: Hashable {
        let loaded: String
        let bound: String
        /// As it is written.
        let text: String

        /// Those with another name stand last.
        var order: (Int, String, String) { (loaded == bound ? 0 : 1, loaded, bound) }
    }

    private struct Entry {
        let path: String
        /// The path as it is written.
        let pathText: String
        var comments: [String]
        var items: [Item]
        var trailing: [String]
        /// The statement as it is written, if nothing in it changes.
        var text: String?
        /// Comments stand inside.
        let isFixed: Bool
    }

    /// Nil if all is in order.
    var edits: [SourceEdit]? {
        var edits: [SourceEdit] = []
        for run in runs {
            guard let (range, text) = organized(run) else { continue }
            let old = file.bytes(in: range)
            for edit in textEdits(from: old, to: Array(text.utf8)) {
                let moved = (edit.range.lowerBound + range.lowerBound)..<(edit.range.upperBound + range.lowerBound)
                edits.append(SourceEdit(range: moved, replacement: edit.replacement))
            }
        }
        return edits.isEmpty ? nil : edits
    }

    /// Statements that follow each other, each on lines of its own.
    private var runs: [[LoadStmt]] {
        var runs: [[LoadStmt]] = []
        var current: [LoadStmt] = []
        for statement in file.statements {
            if let load = LoadStmt(statement), isPlain(load) {
                current.append(load)
            } else if !current.isEmpty {
                runs.append(current)
                current = []
            }
        }
        return current.isEmpty ? runs : runs + [current]
    }

    private func isPlain(_ load: LoadStmt) -> Bool {
        !load.node.content.hasDiagnostics && load.path != nil && load.rightParen != nil && load.semicolon == nil
            && load.newline != nil && file.indentation(before: load.range.lowerBound) == ""
            && load.loadItems.allSatisfy { $0.loadedName != nil }
    }

    // MARK: - One run

    private func organized(_ run: [LoadStmt]) -> (range: Range<Int>, text: String)? {
        guard let first = run.first, let last = run.last else { return nil }
        // What stands above the first statement of the file is about the file.
        let isAtTop = file.statements.first == first.node
        let start = isAtTop ? first.range.lowerBound : commentsStart(of: first)
        let end = file.lineEnd(of: last.range.upperBound)
        let lineBreak = file.lineBreak(near: first.range.lowerBound)

        var entries: [Entry] = []
        for (number, load) in run.enumerated() {
            let entry = self.entry(of: load, hasComments: number > 0 || !isAtTop)
            if let index = entries.firstIndex(where: { $0.path == entry.path && !$0.isFixed && !entry.isFixed }) {
                merge(entry, into: &entries[index])
            } else {
                entries.append(entry)
            }
        }
        let canDrop = !file.hasDiagnostics
        var leftOver: [String] = []
        entries = entries.compactMap { entry in
            var entry = entry
            if !entry.isFixed {
                var items = canDrop ? entry.items.filter(isUsed) : entry.items
                if items.isEmpty {
                    guard mayShow(entry.path) else {
                        leftOver += entry.comments + entry.trailing
                        return nil
                    }
                    items = entry.items
                }
                items.sort { $0.order < $1.order }
                if items != entry.items { entry.text = nil }
                entry.items = items
            }
            entry.comments = leftOver + entry.comments
            leftOver = []
            return entry
        }
        // Which of two files runs first may be seen.
        if Set(entries.map(\.path)).filter(mayShow).count < 2 {
            entries = entries.enumerated().sorted { a, b in
                (rank(a.element.path), a.element.path, a.offset) < (rank(b.element.path), b.element.path, b.offset)
            }.map(\.element)
        }
        var lines: [String] = []
        for entry in entries {
            lines += entry.comments
            let text = entry.text ?? written(entry, lineBreak)
            lines.append(text + entry.trailing.map { "  \($0)" }.joined())
        }
        lines += leftOver
        if lines.isEmpty {
            // Nothing stays, not even the line.
            return (start..<file.nextLineStart(of: end), "")
        }
        return (start..<end, lines.joined(separator: lineBreak))
    }

    private func entry(of load: LoadStmt, hasComments: Bool) -> Entry {
        let items = load.loadItems.map { item in
            Item(
                loaded: item.loadedName ?? "", bound: item.alias?.text ?? item.loadedName ?? "",
                text: file.text(in: item.range))
        }
        let closing = load.rightParen?.range.upperBound ?? load.range.upperBound
        let trailing = file.text(in: closing..<file.lineEnd(of: closing)).trimmingBlanks
        return Entry(
            path: load.path ?? "", pathText: load.module?.text ?? "",
            comments: hasComments ? comments(of: load) : [], items: items,
            trailing: trailing.isEmpty ? [] : [trailing], text: file.text(in: load.range.lowerBound..<closing),
            isFixed: file.hasComment(in: load.range.lowerBound..<closing))
    }

    private func merge(_ entry: Entry, into other: inout Entry) {
        other.comments += entry.comments
        other.trailing += entry.trailing
        for item in entry.items
        where !other.items.contains(where: { $0.loaded == item.loaded && $0.bound == item.bound }) {
            other.items.append(item)
        }
        other.text = nil
    }

    private func comments(of load: LoadStmt) -> [String] {
        load.node.firstToken?.leadingTrivia.filter { $0.kind == .comment }.map { file.text(in: $0.range) } ?? []
    }

    private func commentsStart(of load: LoadStmt) -> Int {
        let comment = load.node.firstToken?.leadingTrivia.first { $0.kind == .comment }
        return comment?.range.lowerBound ?? load.range.lowerBound
    }

    /// What belongs to envd, files of the project, other repositories.
    private func rank(_ path: String) -> Int { path.hasPrefix("@") ? 0 : path.hasPrefix("git@") ? 2 : 1 }

    private func written(_ entry: Entry, _ lineBreak: String) -> String {
        let text = "load(" + ([entry.pathText] + entry.items.map(\.text)).joined(separator: ", ") + ")\n"
        let formatted = (try? Formatter.format(SourceFile(text))) ?? Array(text.utf8)
        let lines = String(decoding: formatted, as: UTF8.self).split(separator: "\n")
        return lines.joined(separator: lineBreak)
    }

    // MARK: - What is needed

    private func isUsed(_ item: Item) -> Bool {
        let occurrences = analysis.checked.global(item.bound)?.occurrences ?? []
        return occurrences.contains { $0.kind != .load } || annotated.contains(item.bound)
            || !analysis.checked.uses(ofGlobal: item.bound).isEmpty
    }

    /// Whether loading a file may do something that shows: it calls something, or nobody knows it.
    private func mayShow(_ path: String) -> Bool {
        if path == PreludeFile.graphName { return false }
        guard let graph = analysis.project?.graph else { return true }
        var seen: Set<String> = []
        var waiting: [(path: String, place: ModulePlace)] = [(path, analysis.place)]
        while let next = waiting.popLast() {
            if next.path == PreludeFile.graphName { continue }
            guard seen.count < 1_000, let id = graph.target(ofLoad: next.path, at: next.place),
                let source = graph.source(of: id)
            else { return true }
            guard seen.insert(id.path).inserted else { continue }
            for statement in source.statements {
                if let load = LoadStmt(statement), let path = load.path {
                    waiting.append((path, ModulePlace(id)))
                } else if DefStmt(statement) == nil, !EvaluationOrder.isQuiet(statement) {
                    return true
                }
            }
        }
        return false
    }
}

extension EvaluationOrder {
    /// Whether running a statement of the top level does nothing but give names values, and cannot fail.
    static func isQuiet(_ statement: SyntaxNode) -> Bool {
        if let whole = ExprStmt(statement) { return whole.value?.node.kind == .literalExpr }
        guard let assignment = AssignStmt(statement), assignment.op?.kind == .equal, let value = assignment.value,
            case .name? = assignment.target
        else { return statement.kind == .passStmt }
        return isInert(value.node)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let front = drop { $0 == " " || $0 == "\t" }
        return String(front.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
