package enum SignatureHelpRequest: RequestType {
    package static let method = "textDocument/signatureHelp"
    package typealias Result = SignatureHelpAnswer?

    package struct Params: Codable, Sendable {
        package struct Context: Codable, Sendable {
            package struct Active: Codable, Sendable {
                package var activeSignature: Int?
            }

            package var isRetrigger: Bool
            /// What is shown at present.
            package var activeSignatureHelp: Active?
        }

        package var textDocument: TextDocumentIdentifier
        package var position: Position
        package var context: Context?
    }
}

package struct SignatureHelpAnswer: Encodable, Sendable {
    package var signatures: [SignatureInformation]
    package var activeSignature: Int
    package var activeParameter: ActiveParameter?

    package init(signatures: [SignatureInformation], activeSignature: Int, activeParameter: ActiveParameter?) {
        self.signatures = signatures
        self.activeSignature = activeSignature
        self.activeParameter = activeParameter
    }
}

/// A parameter by its number, or, where the client can be told so, none.
package enum ActiveParameter: Encodable, Sendable {
    case number(Int)
    case none

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .none: try container.encodeNil()
        }
    }
}

package struct SignatureInformation: Encodable, Sendable {
    package struct Parameter: Encodable, Sendable {
        /// A part of the signature's label: as a text, or from where to where it goes.
        package enum Label: Encodable, Sendable {
            case text(String)
            /// In UTF-16 code units, whatever was agreed on for positions.
            case offsets(Int, Int)

            package func encode(to encoder: any Encoder) throws {
                switch self {
                case .text(let text):
                    var container = encoder.singleValueContainer()
                    try container.encode(text)
                case .offsets(let start, let end):
                    var container = encoder.unkeyedContainer()
                    try container.encode(start)
                    try container.encode(end)
                }
            }
        }

        package var label: Label
        package var documentation: MarkupContent?

        package init(label: Label, documentation: MarkupContent?) {
            self.label = label
            self.documentation = documentation
        }
    }

    package var label: String
    package var documentation: MarkupContent?
    package var parameters: [Parameter]
    package var activeParameter: ActiveParameter?

    package init(
        label: String, documentation: MarkupContent?, parameters: [Parameter], activeParameter: ActiveParameter?
    ) {
        self.label = label
        self.documentation = documentation
        self.parameters = parameters
        self.activeParameter = activeParameter
    }
}
