/// The limits that keep every walk over a tree within a bounded stack. Beyond them a program is a finding.
package enum SyntaxLimits {
    /// Brackets, operators and statements inside each other, counted by the parser's recursion. CPython's tokenizer
    /// stops at 200 brackets too.
    package static let nesting = 200
    /// Blocks inside each other; CPython's limit as well.
    package static let indentation = 100
    /// Links of one chain such as `a.b.c` or `a + b + c`, which nests to the left without brackets.
    package static let chain = 800
    /// No node has more ancestors than this: what the limits above leave possible together is cut here.
    package static let depth = 1_000
    /// Bytes of one file. Offsets inside a file are 32 bits wide.
    package static let fileSize = Int(Int32.max) - 64
}
