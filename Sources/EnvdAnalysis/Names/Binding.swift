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

    /// Its name; `NameResolution.name` says it.
    let symbol: Symbol
    package let scope: Scope.ID
    /// In source order; never empty.
    package internal(set) var occurrences: Occurrences

    /// One, as a rule, for which no list is made.
    package struct Occurrences: Sendable, RandomAccessCollection {
        package private(set) var first: Occurrence
        private var others: [Occurrence] = []

        init(_ first: Occurrence) { self.first = first }

        /// - Returns: nil if there are none.
        init?(_ all: [Occurrence]) {
            guard let first = all.first else { return nil }
            self.first = first
            if all.count > 1 { others = Array(all.dropFirst()) }
        }

        package var startIndex: Int { 0 }
        package var endIndex: Int { others.count + 1 }
        package subscript(place: Int) -> Occurrence { place == 0 ? first : others[place - 1] }

        mutating func append(_ occurrence: Occurrence) { others.append(occurrence) }

        func shifted(by distance: Int) -> Occurrences {
            var shifted = self
            shifted.first = first.shifted(by: distance)
            for place in others.indices { shifted.others[place] = others[place].shifted(by: distance) }
            return shifted
        }
    }
}

/// A name that is read. Files have tens of thousands, and lists of them are copied, so it is small and holds no references.
package struct NameUse: Sendable {
    private let symbolIndex: UInt32
    private let scopeIndex: UInt32
    private let start: UInt32
    private let length: UInt32
    private let node32: UInt32
    /// Empty if there is none.
    private let loopStart: UInt32
    private let loopEnd: UInt32
    private var bindingIndex: UInt32
    private(set) var traits: Traits

    private static let nothing = UInt32.max

    init(
        _ symbol: Symbol, in scope: Scope.ID, at range: Range<Int>, loop: Range<Int>?, node: Int, binding: Binding.ID?,
        _ traits: Traits
    ) {
        // A file is no longer than such a number can say, and has fewer names than bytes.
        symbolIndex = UInt32(truncatingIfNeeded: symbol.index)
        scopeIndex = UInt32(truncatingIfNeeded: scope)
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        length = UInt32(truncatingIfNeeded: range.count)
        node32 = UInt32(truncatingIfNeeded: node)
        loopStart = UInt32(truncatingIfNeeded: loop?.lowerBound ?? 0)
        loopEnd = UInt32(truncatingIfNeeded: loop?.upperBound ?? 0)
        bindingIndex = binding.map { UInt32(truncatingIfNeeded: $0) } ?? NameUse.nothing
        self.traits = traits
    }

    /// Its name; `NameResolution.name` says it.
    var symbol: Symbol { Symbol(index: Int(symbolIndex)) }
    package var scope: Scope.ID { Int(scopeIndex) }
    /// UTF-8 bytes.
    package var range: Range<Int> { Int(start)..<(Int(start) + Int(length)) }
    /// The outermost loop around it within its function, or within the file for code outside of all functions.
    package var loop: Range<Int>? { loopStart < loopEnd ? Int(loopStart)..<Int(loopEnd) : nil }
    /// The place of its `NameExpr` in the chunk's preorder.
    var node: Int { Int(node32) }
    /// What it means; nil for what the file does not bind: a name of the language or of the API, or a mistake.
    package internal(set) var binding: Binding.ID? {
        get { bindingIndex == NameUse.nothing ? nil : Int(bindingIndex) }
        set { bindingIndex = newValue.map { UInt32(truncatingIfNeeded: $0) } ?? NameUse.nothing }
    }

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
