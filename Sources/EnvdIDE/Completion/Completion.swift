import EnvdAnalysis
import EnvdSyntax

/// Something that can be typed at a place, as an editor lists it.
package struct Completion: Sendable {
    package enum Kind: Sendable, Hashable {
        case function, method, variable, parameter, module, field, keyword, snippet, value, constant, file, folder,
            text, type
    }

    /// What else the text is than plain.
    package enum Format: Sendable, Hashable {
        case plain
        /// With placeholders, in the syntax of the protocol's snippets.
        case snippet
    }

    /// Where the documentation comes from, which is looked up only if somebody looks at the entry.
    package enum Documentation: Sendable, Hashable {
        case none
        case text(String)
        case meaning(Meaning)
    }

    package var label: String
    package var kind: Kind
    /// What stands behind the label, such as the parameters; empty if nothing does.
    package var detail = ""
    /// Where it comes from; empty if that is plain to see.
    package var origin = ""
    package var documentation = Documentation.none
    package var insertion: String
    package var format = Format.plain
    /// What is typed to find it, if not the label.
    package var filter: String?
    /// The smaller the further up in the list, before the label decides.
    package var rank: Rank
    package var isDeprecated = false
    /// What the text takes the place of, if not that of the whole list.
    package var replaced: Range<Int>?
    /// What else changes, elsewhere in the file.
    package var otherEdits: [ReplacementEdit] = []
    /// What it names. What stands behind the label, and how it is called, are written for entries that are shown: of a file with thousands
    /// of names most are not.
    var unwritten: (type: Type, isCall: Bool, state: NameState)?

    init(
        _ label: String, _ kind: Kind, rank: Rank, insertion: String? = nil, detail: String = "", origin: String = "",
        documentation: Documentation = .none
    ) {
        self.label = label
        self.kind = kind
        self.rank = rank
        self.insertion = insertion ?? label
        self.detail = detail
        self.origin = origin
        self.documentation = documentation
    }
}

/// What tells whether a name still stands for what it stood for when somebody last looked.
enum NameState: Equatable {
    /// Nobody knows.
    case unknown
    /// Of the language or the API.
    case builtin
    /// Of the file's top level: the check that found out what it is.
    case checked(Int)
}

/// What an entry says of a name: written once for a name that stays what it is, though it is listed at each keystroke.
struct WrittenName {
    let detail: String
    /// A call of the function that it is; nil if it is none.
    let call: String?
}

extension Completion {
    /// How close an entry is to what the place asks for.
    package struct Rank: Sendable, Hashable, Comparable {
        /// What is expected first.
        package enum Group: UInt8, Sendable, Comparable {
            case required, optional, expected, local, file, api, language, keyword, template, other

            package static func < (a: Group, b: Group) -> Bool { a.rawValue < b.rawValue }
        }

        package var group: Group
        /// An order within the group, where there is another than that of the letters. Of what is expected: choices, variables from
        /// here, variables of the file, what is commonly given, what functions give.
        package var place = 0

        package init(_ group: Group, _ place: Int = 0) {
            self.group = group
            self.place = place
        }

        package static func < (a: Rank, b: Rank) -> Bool { (a.group, a.place) < (b.group, b.place) }

        /// A text whose order is that of the ranks.
        package var text: String {
            var digits = Int(group.rawValue) * 10_000 + max(0, min(place, 9999))
            return String(unsafeUninitializedCapacity: 5) { buffer in
                for index in (0..<5).reversed() {
                    buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digits % 10)
                    digits /= 10
                }
                return 5
            }
        }
    }
}

/// What can be typed at a place.
package struct CompletionList: Sendable {
    /// In their order.
    package var items: [Completion] = []
    /// The word around the cursor, in UTF-8 bytes of the file; empty at the cursor if there is none.
    package var replaced: Range<Int>
    /// Whether there is more, so that the list has to be asked for again when more has been typed.
    package var isIncomplete = false

    /// More entries help nobody to choose.
    package static let maximumCount = 300
}

/// What a client can take of completions, as far as it decides what there is.
package struct CompletionAbilities: Sendable {
    package var takesSnippets: Bool

    package init(takesSnippets: Bool) { self.takesSnippets = takesSnippets }
}
