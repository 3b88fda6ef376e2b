import CCMark

/// A fenced code block, wherever it stands in a document: in a list or a quotation too.
package struct FencedCode: Sendable, Equatable {
    /// What stands behind the opening fence.
    package let info: String
    /// The lines, each ended by a line feed, without what the list or quotation around them puts before each.
    package let text: [UInt8]
    /// The line of the document that the first line of the text stands on, counted from 0.
    package let firstLine: Int

    /// All blocks with an info string, in source order.
    package static func blocks(in document: [UInt8]) -> [FencedCode] {
        let root = document.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
            }
        }
        guard let root else { return [] }
        defer { cmark_node_free(root) }
        guard let iterator = cmark_iter_new(root) else { return [] }
        defer { cmark_iter_free(iterator) }
        var blocks: [FencedCode] = []
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return blocks }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator),
                cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK,
                let info = cmark_node_get_fence_info(node), info.pointee != 0,
                let literal = cmark_node_get_literal(node)
            else { continue }
            var text: [UInt8] = []
            var place = literal
            while place.pointee != 0 {
                text.append(UInt8(bitPattern: place.pointee))
                place += 1
            }
            blocks.append(
                FencedCode(
                    info: String(cString: info), text: text, firstLine: Int(cmark_node_get_start_line(node))))
        }
    }
}
