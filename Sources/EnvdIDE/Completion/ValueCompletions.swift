import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

extension CompletionCollector {
    /// Values of the type that the place takes, written out: `"zsh"`, `True`, `["…"]`.
    mutating func addValues() {
        guard let wanted else { return }
        var place = 0
        func next() -> Int {
            place += 1
            return place
        }
        for member in wanted.members {
            switch member {
            case .literal(let literal):
                add(Completion("\(literal)", .value, rank: Completion.Rank(.expected, next())))
            case .bool:
                for name in ["True", "False"] {
                    add(
                        Completion(
                            name, .constant, rank: Completion.Rank(.expected, next()),
                            documentation: .meaning(.builtin(name))))
                }
            case .refined(let refined): addValues(of: refined)
            case .list(let element): addBrackets("[", "]", element)
            case .dict: addBrackets("{", "}", .unknown)
            default: break
            }
        }
    }

    private mutating func addBrackets(_ opening: String, _ closing: String, _ element: Type) {
        guard prefix.isEmpty else { return }
        var item = Completion(
            "\(opening)…\(closing)", .snippet, rank: Completion.Rank(.expected), insertion: opening + closing)
        if options.takesSnippets {
            item.insertion = element.isTextual ? "\(opening)\"$0\"\(closing)" : "\(opening)$0\(closing)"
            item.format = .snippet
        }
        add(item)
    }

    private mutating func addValues(of refined: RefinedType) {
        var place = 300
        func next() -> Int {
            place += 1
            return place
        }
        let quote = refined.base == .string ? "\"" : ""
        for value in analysis.values(of: refined.name, semantics, isTyped: !prefix.isEmpty) {
            let text = "\(quote)\(value.text)\(quote)"
            add(
                Completion(
                    text, .value, rank: Completion.Rank(.expected, next()), origin: value.note))
        }
        if refined.name == "HostPath" {
            for entry in analysis.project?.entries("").filter({ !$0.name.hasPrefix(".") }).prefix(50) ?? [] {
                add(
                    Completion(
                        "\"\(entry.name)\"", entry.isFolder ? .folder : .file, rank: Completion.Rank(.expected, next()))
                )
            }
        }
    }
}

extension FileAnalysis {
    /// What is commonly given where a refined type is wanted, and what the project itself suggests.
    ///
    /// - Parameter isTyped: whether something has been typed, so that a long list can be shortened.
    func values(of type: String, _ semantics: ChunkSemantics?, isTyped: Bool) -> [KnownValue] {
        var values: [KnownValue] = []
        if type == "ImageRef" {
            values += lockedImages.map { KnownValue(text: CommonImages.short($0), note: "in envd.lock") }
        }
        if type == "Port", let semantics {
            values += ports(in: semantics).map { KnownValue(text: $0.port, note: "used by \($0.function)") }
        }
        if isTyped || KnownValues.isChoice(type) { values += KnownValues.values(of: type) }
        // The table has many tags of few images.
        if isTyped, type == "ImageRef" { values += CommonImages.tags.map { KnownValue(text: $0, note: "") } }
        return values
    }
}

extension Type {
    /// Whether all its values are texts.
    fileprivate var isTextual: Bool {
        members.allSatisfy { member in
            switch member {
            case .string, .literal(.string): true
            case .refined(let refined): refined.base == .string
            default: false
            }
        }
    }
}
