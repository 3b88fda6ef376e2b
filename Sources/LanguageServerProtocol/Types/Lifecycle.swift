package enum Initialize: RequestType {
    package static let method = "initialize"

    package struct Params: Decodable, Sendable {
        /// The process that started the server; the server ends when it is gone.
        package var processId: Int32?
        package var capabilities: ClientCapabilities
        /// The folders that are open; clients that know only one name it as `rootUri`.
        package var workspaceFolders: [WorkspaceFolder]?
        package var rootUri: DocumentURI?
        package var trace: TraceValue?

        /// Read by hand, as the client waits for it before anything else: the compiler's way makes the runtime look up conformances.
        /// It is taken where something is not of its type, for it can tell where that stands.
        package init(from decoder: any Decoder) throws {
            let json = try JSONView(from: decoder)
            if let params = Params(json) {
                self = params
                return
            }
            let declared = try Declared(from: decoder)
            processId = declared.processId
            capabilities = declared.capabilities
            workspaceFolders = declared.workspaceFolders
            rootUri = declared.rootUri
            trace = declared.trace
        }

        /// Nil if anything has another type than it should.
        private init?(_ json: JSONView) {
            guard let capabilities = json["capabilities"].flatMap(ClientCapabilities.init(json:)) else { return nil }
            self.capabilities = capabilities
            func member(_ key: String) -> JSONView? { json[key].flatMap { $0.isNull ? nil : $0 } }
            if let json = member("processId") {
                guard let id = json.int.flatMap(Int32.init(exactly:)) else { return nil }
                processId = id
            }
            if let json = member("workspaceFolders") {
                guard let values = json.elements else { return nil }
                var folders: [WorkspaceFolder] = []
                for value in values {
                    guard let uri = value["uri"]?.string, let name = value["name"]?.string else { return nil }
                    folders.append(WorkspaceFolder(uri: DocumentURI(rawValue: uri), name: name))
                }
                workspaceFolders = folders
            }
            if let json = member("rootUri") {
                guard let uri = json.string else { return nil }
                rootUri = DocumentURI(rawValue: uri)
            }
            if let json = member("trace") {
                guard let value = json.string else { return nil }
                trace = TraceValue(rawValue: value)
            }
        }

        private struct Declared: Decodable {
            var processId: Int32?
            var capabilities: ClientCapabilities
            var workspaceFolders: [WorkspaceFolder]?
            var rootUri: DocumentURI?
            var trace: TraceValue?
        }
    }

    /// What the server offers and who it is, as data: it is written before anything else, and in no other place.
    package typealias Result = JSONValue
}

package enum Initialized: ClientNotificationType {
    package static let method = "initialized"
    package typealias Params = NoParams
}

package enum Shutdown: RequestType {
    package static let method = "shutdown"
    package typealias Params = NoParams
    /// Always null.
    package typealias Result = JSONValue
}

package enum Exit: ClientNotificationType {
    package static let method = "exit"
    package typealias Params = NoParams
}

package enum CancelRequest: ClientNotificationType {
    package static let method = "$/cancelRequest"

    package struct Params: Decodable, Sendable {
        package var id: RequestID
    }
}

package struct WorkspaceFolder: Decodable, Sendable, Hashable {
    package var uri: DocumentURI
    package var name: String

    package init(uri: DocumentURI, name: String) {
        self.uri = uri
        self.name = name
    }
}

/// How much the client wants to be told of what the server does.
package struct TraceValue: RawRepresentable, Decodable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let off = Self(rawValue: "off")
    package static let messages = Self(rawValue: "messages")
    package static let verbose = Self(rawValue: "verbose")
}

package enum SetTrace: ClientNotificationType {
    package static let method = "$/setTrace"

    package struct Params: Decodable, Sendable {
        package var value: TraceValue
    }
}

package enum LogTrace: ServerNotificationType {
    package static let method = "$/logTrace"

    package struct Params: Sendable {
        package var message: String
        /// What only those get who want to know all.
        package var verbose: String?

        package init(message: String, verbose: String?) {
            self.message = message
            self.verbose = verbose
        }
    }
}

extension LogTrace.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("message", message)
            json.member("verbose", ifPresent: verbose)
        }
    }
}
