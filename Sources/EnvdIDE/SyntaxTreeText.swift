import EnvdSyntax

/// The tree as text for people who write clients or look for mistakes in the parser: an element a line, indented by two
/// blanks a level, with its range in UTF-8 bytes, and its text if it is a token.
package func syntaxTreeText(of file: SourceFile) -> String {
    var text = ""
    // A stack of its own rather than recursion, as a tree may be 1,000 nodes deep.
    var waiting = file.statements.reversed().map { (element: SyntaxElement.node($0), level: 0) }
    while let (element, level) = waiting.popLast() {
        text += String(repeating: "  ", count: level)
        switch element {
        case .node(let node):
            text += "\(node.kind) \(node.range)\n"
            waiting.append(contentsOf: node.elements.reversed().map { ($0, level + 1) })
        case .token(let token):
            text += "\(token.kind) \(token.range) \(token.text.debugDescription)\n"
        }
    }
    return text
}
