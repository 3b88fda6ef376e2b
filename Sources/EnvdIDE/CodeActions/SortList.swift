import EnvdAnalysis
import EnvdSyntax

// Sorts the packages in a list by their names. Comments stay with the package that they are about.

let sortList = CodeActionProvider(name: "sort-list", kind: .rewrite) { place in
    guard let node = place.enclosing({ $0 == .listExpr }), let list = ListExpr(node),
        let sorting = ListSorting(list, place)
    else { return [] }
    return [place.offer("sort-list", "Sort the list", .rewrite) { ProjectEdit(sorting.edits) }]
}

/// The order of a list whose elements are texts that all mean things of one kind, such as packages.
private struct ListSorting {
    let edits: [SourceEdit]

    /// Nil if the order means something, or is right.
    init?(_ list: ListExpr, _ place: CodeActionPlace) {
        let elements = Array(list.elements)
        guard elements.count > 1, !list.node.isBroken, ListSorting.isSet(list, place.analysis) else { return nil }
        var keys: [[UInt8]] = []
        for element in elements {
            guard case .literal(let literal) = element, let token = literal.token, token.kind == .string,
                let value = StringLiteral.value(of: token)
            else { return nil }
            keys.append(value)
        }
        let order = keys.indices.sorted { (ListSorting.key(keys[$0]), $0) < (ListSorting.key(keys[$1]), $1) }
        guard order != Array(keys.indices) else { return nil }
        let file = place.file
        guard file.hasComment(in: list.range) else {
            edits = zip(elements, order).compactMap { element, index in
                let text = file.text(in: elements[index].range)
                return text == file.text(in: element.range) ? nil : SourceEdit(range: element.range, replacement: text)
            }
            return
        }
        guard let lines = ListSorting.lines(of: elements, list, file) else { return nil }
        edits = zip(lines, order).compactMap { line, index in
            let text = lines[index].text
            return text == line.text ? nil : SourceEdit(range: line.range, replacement: text)
        }
    }

    /// Whether the place takes a list of names that are installed together.
    private static func isSet(_ list: ListExpr, _ analysis: FileAnalysis) -> Bool {
        guard let wanted = analysis.checked.semantics(at: list.range.lowerBound)?.wantedType(.list(list)) else {
            return false
        }
        let kinds: Set<String> = [
            "AptPackage", "PipRequirement", "CondaPackage", "RPackage", "JuliaPackage", "VSCodeExtension",
        ]
        return wanted.members.contains { member in
            guard case .list(let element) = member else { return false }
            return element.members.contains {
                if case .refined(let type) = $0 { kinds.contains(type.name) } else { false }
            }
        }
    }

    /// Names in small letters, so that `Django` stands beside `dask`; whatever differs else counts behind.
    private static func key(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Each element with the comments above it, its comma and the comment behind it. Nil if elements share lines.
    private static func lines(
        of elements: [Expr], _ list: ListExpr, _ file: SourceFile
    ) -> [(range: Range<Int>, text: String)]? {
        guard let opening = list.leftBracket, let closing = list.rightBracket else { return nil }
        var start = file.nextLineStart(of: opening.range.lowerBound)
        guard !file.hasComment(in: opening.range.upperBound..<start) else { return nil }
        var found: [(range: Range<Int>, text: String)] = []
        for element in elements {
            guard element.range.lowerBound >= start, file.indentation(before: element.range.lowerBound) != nil else {
                return nil
            }
            let end = file.lineEnd(of: element.range.upperBound)
            guard end <= closing.range.lowerBound, file.lineEnd(of: element.range.lowerBound) == end else { return nil }
            var text = file.text(in: start..<end)
            let comma = file.bytes(in: element.range.upperBound..<end).drop { $0 == 0x20 }.first
            if comma != UInt8(ascii: ",") {
                let place = text.utf8.index(text.utf8.startIndex, offsetBy: element.range.upperBound - start)
                text.insert(",", at: place)
            }
            found.append((start..<end, text))
            start = file.nextLineStart(of: end)
        }
        return found
    }
}
