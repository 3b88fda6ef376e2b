import CCMark

/// A parsed CommonMark text: its blocks as plain data.
///
/// A thin face of libcmark: the text is parsed once, copied into Swift values, and the C tree is freed. Parsing never
/// fails, since every text is CommonMark.
package struct MarkdownDocument: Sendable {
    /// The blocks of the outermost level, in order.
    package let blocks: [MarkdownBlock]
    private let source: String

    package init(_ source: String) {
        self.source = source
        blocks =
            Self.withTree(of: source) { root in
                var blocks: [MarkdownBlock] = []
                var child = cmark_node_first_child(root)
                while let node = child {
                    blocks.append(MarkdownBlock(node))
                    child = cmark_node_next(node)
                }
                return blocks
            } ?? []
    }

    /// The text as HTML. Raw HTML and dangerous links in it are left out.
    package var html: String {
        Self.withTree(of: source) { root in
            guard let rendered = cmark_render_html(root, CMARK_OPT_DEFAULT) else { return "" }
            defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
            return String(cString: rendered)
        } ?? ""
    }

    private static func withTree<Result>(of source: String, _ body: (OpaquePointer) -> Result) -> Result? {
        var source = source
        let root = source.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT) }
        }
        guard let root else { return nil }
        defer { cmark_node_free(root) }
        return body(root)
    }
}

/// One block of the outermost level of a document.
package struct MarkdownBlock: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// A heading and its text without markup; levels are 1 to 6.
        case heading(level: Int, text: String)
        /// A paragraph and its text without markup.
        case paragraph(String)
        /// A code block: its info string (empty for an indented block) and its lines, each ended by a newline.
        case code(info: String, text: String)
        /// A list, a quotation, a table of raw HTML or a rule, with its text without markup.
        case other(String)
    }

    package let content: Content
    /// The lines that the block takes in the source, the fences of a code block included. The first line is 1.
    package let lines: ClosedRange<Int>
}

extension MarkdownBlock {
    fileprivate init(_ node: OpaquePointer) {
        let first = Int(cmark_node_get_start_line(node))
        lines = first...max(first, Int(cmark_node_get_end_line(node)))
        content =
            switch cmark_node_get_type(node) {
            case CMARK_NODE_HEADING:
                .heading(level: Int(cmark_node_get_heading_level(node)), text: plainText(of: node))
            case CMARK_NODE_PARAGRAPH:
                .paragraph(plainText(of: node))
            case CMARK_NODE_CODE_BLOCK:
                .code(info: string(cmark_node_get_fence_info(node)), text: string(cmark_node_get_literal(node)))
            default:
                .other(plainText(of: node))
            }
    }
}

/// What a reader sees of a node, without markup: line breaks inside a paragraph are blanks.
private func plainText(of root: OpaquePointer) -> String {
    guard let iterator = cmark_iter_new(root) else { return "" }
    defer { cmark_iter_free(iterator) }
    var text = ""
    while true {
        let event = cmark_iter_next(iterator)
        if event == CMARK_EVENT_DONE { return text }
        guard let node = cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER else { continue }
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK: text += string(cmark_node_get_literal(node))
        case CMARK_NODE_SOFTBREAK: text += " "
        case CMARK_NODE_LINEBREAK: text += "\n"
        default: break
        }
    }
}

private func string(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
}
