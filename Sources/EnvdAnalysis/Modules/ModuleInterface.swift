/// What a file gives to those who load it. It says nothing of places, so that it is equal as long as nothing that others can see has
/// changed.
package struct ModuleInterface: Hashable, Sendable {
    /// As messages call the file, or the repository.
    package let name: String
    /// By name. Names that begin with an underscore are private, and loaded names are not passed on.
    package let exports: [String: ModuleExport]
    /// The names that the file loads itself, with the texts that say from where.
    package let loadedNames: [String: String]
    /// The names that it keeps to itself.
    package let privateNames: Set<String>
    /// Whether the names above are all there are: mistakes of syntax may hide some.
    package let isComplete: Bool
    /// Whether neither the file nor what it loads touches envd's API, so that it declares nothing and changes no environment.
    package let isInert: Bool

    /// What a module has as attributes when it is included.
    var type: Type {
        let short = name.split(separator: "/").last.map { $0.hasSuffix(".git") ? $0.dropLast(4) : $0 } ?? ""
        return .module(
            RecordType(name: String(short), members: exports.mapValues(\.type), isOpen: !isComplete))
    }
}

/// A name that other files can load.
package struct ModuleExport: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case function
        case value
    }

    package let name: String
    package let kind: Kind
    package let type: Type
    /// What is written out of it, with no places; nil of what has to be computed, and of functions.
    let value: Constant?
    /// Of a function `def tools(name, version = "1")`, on one line; of a value its name.
    package let header: String
    /// The docstring of a function; empty if there is none.
    package let documentation: String
}

/// A file that can be loaded, and all that is known of it.
package struct KnownModule: Sendable {
    package let id: ModuleID
    package let interface: ModuleInterface
    /// Where the names of the interface are defined, in UTF-8 bytes of the file.
    package let definitions: [String: Range<Int>]
}

extension String {
    /// The name of a file as messages show it: nothing in it breaks a line.
    var onOneLine: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
        var shown = ""
        for scalar in unicodeScalars {
            shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return shown
    }
}
