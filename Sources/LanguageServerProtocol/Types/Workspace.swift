package enum DidChangeWatchedFiles: ClientNotificationType {
    package static let method = "workspace/didChangeWatchedFiles"

    /// A file has another content than before; the other types of events are 1, it is new, and 3, it is gone.
    package static let changed = 2

    package struct Params: Decodable, Sendable {
        package var changes: [FileEvent]
    }

    package struct FileEvent: Decodable, Sendable {
        package var uri: DocumentURI
        package var type: Int
    }
}

package enum DidChangeConfiguration: ClientNotificationType {
    package static let method = "workspace/didChangeConfiguration"
    package typealias Params = NoParams
}

package enum DidChangeWorkspaceFolders: ClientNotificationType {
    package static let method = "workspace/didChangeWorkspaceFolders"

    package struct Params: Decodable, Sendable {
        package struct Event: Decodable, Sendable {
            package var added: [WorkspaceFolder]
            package var removed: [WorkspaceFolder]
        }

        package var event: Event
    }
}

// MARK: - What the server asks

/// A request of the server. What is answered is of no consequence to those that are sent so far.
package protocol ServerRequestType: Sendable {
    associatedtype Params: JSONWritable
    static var method: String { get }
}

package enum RegisterCapability: ServerRequestType {
    package static let method = "client/registerCapability"

    package struct Params: Sendable {
        package var registrations: [Registration]
        package init(registrations: [Registration]) { self.registrations = registrations }
    }

    package struct Registration: Sendable {
        package struct Options: Sendable {
            package var watchers: [Watcher]
        }

        package struct Watcher: Sendable {
            package var globPattern: String
        }

        package var id: String
        package var method: String
        package var registerOptions: Options

        /// Asks to be told of changes of files.
        package init(id: String, watching globs: [String]) {
            self.id = id
            method = DidChangeWatchedFiles.method
            registerOptions = Options(watchers: globs.map(Watcher.init))
        }
    }
}

/// Asks the client to ask again for something: `workspace/diagnostic/refresh` and its like.
package struct RefreshRequest: Sendable {
    package let method: String

    package static let diagnostics = RefreshRequest(method: "workspace/diagnostic/refresh")
    package static let inlayHints = RefreshRequest(method: "workspace/inlayHint/refresh")
    package static let codeLenses = RefreshRequest(method: "workspace/codeLens/refresh")
}

/// A request of the server as a message.
package struct ServerRequestMessage<Params: JSONWritable>: Sendable {
    private let jsonrpc = "2.0"
    private let id: String
    private let method: String
    private let params: Params?

    package init(id: String, method: String, params: Params?) {
        self.id = id
        self.method = method
        self.params = params
    }
}

extension RegisterCapability.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("registrations", registrations)
        }
    }
}

extension RegisterCapability.Registration: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("id", id)
            json.member("method", method)
            json.member("registerOptions", registerOptions)
        }
    }
}

extension RegisterCapability.Registration.Options: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("watchers", watchers)
        }
    }
}

extension RegisterCapability.Registration.Watcher: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("globPattern", globPattern)
        }
    }
}

extension ServerRequestMessage: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("jsonrpc", jsonrpc)
            json.member("id", id)
            json.member("method", method)
            json.member("params", ifPresent: params)
        }
    }
}
