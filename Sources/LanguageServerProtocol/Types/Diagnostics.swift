package enum PublishDiagnostics: ServerNotificationType {
    package static let method = "textDocument/publishDiagnostics"

    package struct Params: Sendable {
        package var uri: DocumentURI
        /// The version of the document that was looked at, for clients that can tell.
        package var version: Int32?
        package var diagnostics: [Diagnostic]

        package init(uri: DocumentURI, version: Int32?, diagnostics: [Diagnostic]) {
            self.uri = uri
            self.version = version
            self.diagnostics = diagnostics
        }
    }
}

package struct Diagnostic: Decodable, Sendable {
    package enum Severity: Int, Decodable, Sendable {
        case error = 1
        case warning = 2
        case information = 3
        case hint = 4
    }

    package enum Tag: Int, Decodable, Sendable {
        /// Shown faded out.
        case unnecessary = 1
        /// Shown struck through.
        case deprecated = 2
    }

    package struct CodeDescription: Decodable, Sendable {
        package var href: DocumentURI

        package init(href: DocumentURI) { self.href = href }
    }

    package struct RelatedInformation: Decodable, Sendable {
        package var location: Location
        package var message: String

        package init(location: Location, message: String) {
            self.location = location
            self.message = message
        }
    }

    package var range: TextRange
    package var severity: Severity?
    package var code: Code?
    package var codeDescription: CodeDescription?
    package var source: String?
    package var message: String
    package var tags: [Tag]?
    package var relatedInformation: [RelatedInformation]?
    /// Ours, for the client to send back with a request for code actions.
    package var data: JSONValue?

    /// A client sends those of other servers too, whose codes may be numbers.
    package enum Code: Decodable, Sendable, Hashable {
        case name(String)
        case number(Int)

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .name(try container.decode(String.self))
            }
        }

    }

    package init(range: TextRange, severity: Severity, code: String, source: String, message: String) {
        self.range = range
        self.severity = severity
        self.code = .name(code)
        self.source = source
        self.message = message
    }
}

// MARK: - Asked for

package enum DocumentDiagnosticRequest: RequestType {
    package static let method = "textDocument/diagnostic"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var identifier: String?
        package var previousResultId: String?
    }

    package typealias Result = DiagnosticReport
}

package enum WorkspaceDiagnosticRequest: RequestType {
    package static let method = "workspace/diagnostic"

    package struct Params: Decodable, Sendable {
        package struct Known: Decodable, Sendable {
            package var uri: DocumentURI
            package var value: String
        }

        package var identifier: String?
        /// What the client has been given before.
        package var previousResultIds: [Known]
    }

    package struct Result: Sendable {
        package var items: [WorkspaceDiagnosticReport]

        package init(items: [WorkspaceDiagnosticReport]) { self.items = items }
    }
}

/// The diagnostics of one file of the workspace.
package struct WorkspaceDiagnosticReport: Sendable {
    package var uri: DocumentURI
    /// Nil, which is written as null, of a file that is not open.
    package var version: Int32?
    package var report: DiagnosticReport

    package init(uri: DocumentURI, version: Int32?, report: DiagnosticReport) {
        self.uri = uri
        self.version = version
        self.report = report
    }

}

/// All diagnostics of a document, or that they are what they were.
package enum DiagnosticReport: Sendable {
    case full(resultId: String, items: [Diagnostic])
    case unchanged(resultId: String)

}

extension PublishDiagnostics.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("version", ifPresent: version)
            json.member("diagnostics", diagnostics)
        }
    }
}

extension Diagnostic: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("range", range)
            json.member("severity", ifPresent: severity)
            json.member("code", ifPresent: code)
            json.member("codeDescription", ifPresent: codeDescription)
            json.member("source", ifPresent: source)
            json.member("message", message)
            json.member("tags", ifPresent: tags)
            json.member("relatedInformation", ifPresent: relatedInformation)
            json.member("data", ifPresent: data)
        }
    }
}

extension Diagnostic.Severity: JSONWritable {}

extension Diagnostic.Tag: JSONWritable {}

extension Diagnostic.CodeDescription: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("href", href)
        }
    }
}

extension Diagnostic.RelatedInformation: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("location", location)
            json.member("message", message)
        }
    }
}

extension Diagnostic.Code: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .name(let name): json.write(name)
        case .number(let number): json.write(number)
        }
    }
}

extension WorkspaceDiagnosticRequest.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("items", items)
        }
    }
}

extension WorkspaceDiagnosticReport: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("version", version)
            report.writeMembers(to: &json)
        }
    }
}

extension DiagnosticReport: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { writeMembers(to: &$0) }
    }

    fileprivate func writeMembers(to json: inout JSONPrinter) {
        switch self {
        case .full(let resultId, let items):
            json.member("kind", "full")
            json.member("resultId", resultId)
            json.member("items", items)
        case .unchanged(let resultId):
            json.member("kind", "unchanged")
            json.member("resultId", resultId)
        }
    }
}
