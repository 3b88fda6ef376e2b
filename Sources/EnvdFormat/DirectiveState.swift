/// What directives of a chunk leave for the next one.
struct DirectiveState: OptionSet, Sendable {
    let rawValue: UInt8
    /// `# fmt: off` still holds.
    static let isOff = DirectiveState(rawValue: 1 << 0)
    /// The last line is kept by `# fmt: skip` behind it.
    static let isSkipped = DirectiveState(rawValue: 1 << 1)
    /// Brackets of the last line are closed in text that is kept.
    static let isOpen = DirectiveState(rawValue: 1 << 2)
}
