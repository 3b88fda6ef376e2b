import CCMark

/// A Markdown text for places that show plain text only: without markup, each block as a reader would type it.
package func plainText(ofMarkdown source: String) -> String {
    var source = source
    let root = source.withUTF8 { text in
        text.withMemoryRebound(to: CChar.self) { cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT) }
    }
    guard let root else { return source }
    defer { cmark_node_free(root) }
    guard let iterator = cmark_iter_new(root) else { return source }
    defer { cmark_iter_free(iterator) }
    var writer = PlainTextWriter()
    while true {
        let event = cmark_iter_next(iterator)
        if event == CMARK_EVENT_DONE { return writer.finish() }
        guard let node = cmark_iter_get_node(iterator) else { continue }
        if event == CMARK_EVENT_ENTER { writer.enter(node) } else if event == CMARK_EVENT_EXIT { writer.leave(node) }
    }
}

private struct PlainTextWriter {
    private var out = ""
    /// What begins each line of the lists and quotations around.
    private var prefixes: [String] = []
    /// What begins the next line instead of the last of the prefixes: the mark of an item.
    private var mark: String?
    private var isAtLineStart = true
    /// Whether a blank line stands before the next block.
    private var wantsBlankLine = false
    /// Of each list around, the number of its next item, or nil if it has none.
    private var numbers: [Int?] = []
    private var isTight: [Bool] = []

    mutating func finish() -> String {
        while out.last?.isWhitespace == true { out.removeLast() }
        return out
    }

    private mutating func write(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { breakLine() }
            guard !line.isEmpty else { continue }
            if isAtLineStart { beginLine() }
            out += line
        }
    }

    private mutating func beginLine() {
        isAtLineStart = false
        if let mark {
            out += prefixes.dropLast().joined() + mark
            self.mark = nil
        } else {
            out += prefixes.joined()
        }
    }

    private mutating func breakLine() {
        if isAtLineStart, mark != nil { beginLine() }
        out += "\n"
        isAtLineStart = true
    }

    private mutating func beginBlock() {
        guard wantsBlankLine else { return }
        wantsBlankLine = false
        if !isAtLineStart { out += "\n" }
        if isTight.last != true { out += "\n" }
        isAtLineStart = true
    }

    private mutating func endBlock() {
        if !isAtLineStart {
            out += "\n"
            isAtLineStart = true
        }
        wantsBlankLine = true
    }

    mutating func enter(_ node: OpaquePointer) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: beginBlock()
        case CMARK_NODE_BLOCK_QUOTE:
            beginBlock()
            prefixes.append("  ")
        case CMARK_NODE_LIST:
            beginBlock()
            let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
            numbers.append(isOrdered ? Int(cmark_node_get_list_start(node)) : nil)
            isTight.append(cmark_node_get_list_tight(node) != 0)
        case CMARK_NODE_ITEM:
            beginBlock()
            var text = "- "
            if let number = numbers.last.flatMap({ $0 }) {
                text = "\(number). "
                numbers[numbers.count - 1] = number + 1
            }
            mark = text
            prefixes.append(String(repeating: " ", count: text.count))
        case CMARK_NODE_CODE_BLOCK:
            beginBlock()
            prefixes.append("    ")
            var code = string(cmark_node_get_literal(node))
            if code.last == "\n" { code.removeLast() }
            write(code)
            prefixes.removeLast()
            endBlock()
        case CMARK_NODE_THEMATIC_BREAK:
            beginBlock()
            write("----")
            endBlock()
        case CMARK_NODE_TEXT, CMARK_NODE_CODE: write(string(cmark_node_get_literal(node)))
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: breakLine()
        default: break
        }
    }

    mutating func leave(_ node: OpaquePointer) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: endBlock()
        case CMARK_NODE_BLOCK_QUOTE: prefixes.removeLast()
        case CMARK_NODE_LIST:
            numbers.removeLast()
            isTight.removeLast()
            endBlock()
        case CMARK_NODE_ITEM:
            if mark != nil { beginLine() }
            prefixes.removeLast()
            endBlock()
        case CMARK_NODE_LINK:
            // Where a link leads cannot be seen otherwise, unless that is its text.
            let address = string(cmark_node_get_url(node))
            if !address.isEmpty, !out.hasSuffix(address) { write(" (\(address))") }
        default: break
        }
    }

    private func string(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
