package enum SignatureHelpRequest: RequestType {
    package static let method = "textDocument/signatureHelp"
    package typealias Result = SignatureHelpAnswer?

    package struct Params: Decodable, Sendable {
        package struct Context: Decodable, Sendable {
            package struct Active: Decodable, Sendable {
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

package struct SignatureHelpAnswer: Sendable {
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
package enum ActiveParameter: Sendable {
    case number(Int)
    case none

}

package struct SignatureInformation: Sendable {
    package struct Parameter: Sendable {
        /// A part of the signature's label: as a text, or from where to where it goes.
        package enum Label: Sendable {
            case text(String)
            /// In UTF-16 code units, whatever was agreed on for positions.
            case offsets(Int, Int)

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

extension SignatureHelpAnswer: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("signatures", signatures)
            json.member("activeSignature", activeSignature)
            json.member("activeParameter", ifPresent: activeParameter)
        }
    }
}

extension ActiveParameter: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .number(let number): json.write(number)
        case .none: json.writeNull()
        }
    }
}

extension SignatureInformation: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("label", label)
            json.member("documentation", ifPresent: documentation)
            json.member("parameters", parameters)
            json.member("activeParameter", ifPresent: activeParameter)
        }
    }
}

extension SignatureInformation.Parameter: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("label", label)
            json.member("documentation", ifPresent: documentation)
        }
    }
}

extension SignatureInformation.Parameter.Label: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .text(let text): json.write(text)
        case .offsets(let start, let end): [start, end].write(to: &json)
        }
    }
}
