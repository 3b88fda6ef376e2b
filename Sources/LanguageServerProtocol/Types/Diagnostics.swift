package enum PublishDiagnostics: ServerNotificationType {
    package static let method = "textDocument/publishDiagnostics"

    package struct Params: Codable, Sendable {
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

package struct Diagnostic: Codable, Sendable {
    package enum Severity: Int, Codable, Sendable {
        case error = 1
        case warning = 2
        case information = 3
        case hint = 4
    }

    package enum Tag: Int, Codable, Sendable {
        /// Shown faded out.
        case unnecessary = 1
        /// Shown struck through.
        case deprecated = 2
    }

    package struct CodeDescription: Codable, Sendable {
        package var href: DocumentURI

        package init(href: DocumentURI) { self.href = href }
    }

    package struct RelatedInformation: Codable, Sendable {
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
    package enum Code: Codable, Sendable, Hashable {
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

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .name(let name): try container.encode(name)
            case .number(let number): try container.encode(number)
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

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var identifier: String?
        package var previousResultId: String?
    }

    package typealias Result = DiagnosticReport
}

package enum WorkspaceDiagnosticRequest: RequestType {
    package static let method = "workspace/diagnostic"

    package struct Params: Codable, Sendable {
        package struct Known: Codable, Sendable {
            package var uri: DocumentURI
            package var value: String
        }

        package var identifier: String?
        /// What the client has been given before.
        package var previousResultIds: [Known]
    }

    package struct Result: Encodable, Sendable {
        package var items: [WorkspaceDiagnosticReport]

        package init(items: [WorkspaceDiagnosticReport]) { self.items = items }
    }
}

/// The diagnostics of one file of the workspace.
package struct WorkspaceDiagnosticReport: Encodable, Sendable {
    package var uri: DocumentURI
    /// Nil, which is written as null, of a file that is not open.
    package var version: Int32?
    package var report: DiagnosticReport

    package init(uri: DocumentURI, version: Int32?, report: DiagnosticReport) {
        self.uri = uri
        self.version = version
        self.report = report
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: DiagnosticReport.CodingKeys.self)
        try container.encode(uri, forKey: .uri)
        try container.encode(version, forKey: .version)
        try report.encode(into: &container)
    }
}

/// All diagnostics of a document, or that they are what they were.
package enum DiagnosticReport: Encodable, Sendable {
    case full(resultId: String, items: [Diagnostic])
    case unchanged(resultId: String)

    fileprivate enum CodingKeys: CodingKey { case uri, version, kind, resultId, items }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encode(into: &container)
    }

    fileprivate func encode(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        switch self {
        case .full(let resultId, let items):
            try container.encode("full", forKey: .kind)
            try container.encode(resultId, forKey: .resultId)
            try container.encode(items, forKey: .items)
        case .unchanged(let resultId):
            try container.encode("unchanged", forKey: .kind)
            try container.encode(resultId, forKey: .resultId)
        }
    }
}
