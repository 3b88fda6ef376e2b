import EnvdSyntax

/// A stretch of the program in which a name means one thing.
package struct Scope: Sendable {
    /// An index into `NameResolution.scopes`; 0 is the file.
    package typealias ID = Int

    package enum Kind: Sendable {
        case file
        /// A `def` or a `lambda`.
        case function
        case comprehension
    }

    package let kind: Kind
    package let parent: ID?
    /// Where its `def`, `lambda` or comprehension begins, in UTF-8 bytes of the file.
    package let start: Int
}

/// A name and all the places that give it a value in one scope.
package struct Binding: Sendable {
    /// An index into `NameResolution.bindings`.
    package typealias ID = Int

    package enum Kind: UInt8, Sendable {
        /// An assignment or the target of a loop.
        case variable
        case function
        case parameter
        case load
        /// Python by habit: `import`, `class`, `except … as`.
        case foreign
    }

    package struct Occurrence: Sendable, Hashable {
        /// The name, in UTF-8 bytes.
        package let range: Range<Int>
        package let kind: Kind
        /// From here on the name has its value: the end of the assignment, not its beginning.
        package let effect: Int
    }

    package let name: String
    let symbol: Symbol
    package let scope: Scope.ID
    /// In source order; never empty.
    package internal(set) var occurrences: [Occurrence]
}

/// A name that is read.
package struct NameUse: Sendable {
    package let name: String
    let symbol: Symbol
    package let scope: Scope.ID
    /// UTF-8 bytes.
    package let range: Range<Int>
    /// The outermost loop around it within its function, or within the file for code outside of all functions.
    package let loop: Range<Int>?
    /// The place of its `NameExpr` in the chunk's preorder.
    let node: Int
    /// What it means; nil for what the file does not bind: a name of the language or of the API, or a mistake.
    package internal(set) var binding: Binding.ID?
    private(set) var traits: Traits

    struct Traits: OptionSet {
        let rawValue: UInt8

        /// It stands among tokens that the parser could not make sense of.
        static let isInBrokenCode = Traits(rawValue: 1)
        /// What it means was certain as soon as it was seen.
        static let isResolved = Traits(rawValue: 2)
        /// It is what a call calls.
        static let isCallee = Traits(rawValue: 4)
        /// The list or dict that it means may change here: `x.append(…)`, `x[i] = …`, `x += …`.
        static let isChanged = Traits(rawValue: 8)
        /// It runs when the file does, not when a function is called.
        static let isAtTopLevel = Traits(rawValue: 16)
    }

    package var isInBrokenCode: Bool { traits.contains(.isInBrokenCode) }
    var isResolved: Bool { traits.contains(.isResolved) }
    var isCallee: Bool { traits.contains(.isCallee) }

    mutating func add(_ trait: Traits) { traits.insert(trait) }
}
