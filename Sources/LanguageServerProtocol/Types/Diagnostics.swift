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

    package var range: TextRange
    package var severity: Severity
    package var code: String
    package var source: String
    package var message: String

    package init(range: TextRange, severity: Severity, code: String, source: String, message: String) {
        self.range = range
        self.severity = severity
        self.code = code
        self.source = source
        self.message = message
    }
}
