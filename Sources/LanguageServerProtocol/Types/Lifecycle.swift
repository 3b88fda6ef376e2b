package enum Initialize: RequestType {
    package static let method = "initialize"

    package struct Params: Codable, Sendable {
        /// The process that started the server; the server ends when it is gone.
        package var processId: Int32?
        package var capabilities: ClientCapabilities
    }

    package struct Result: Codable, Sendable {
        package var capabilities: ServerCapabilities
        package var serverInfo: ServerInfo

        package init(capabilities: ServerCapabilities, serverInfo: ServerInfo) {
            self.capabilities = capabilities
            self.serverInfo = serverInfo
        }
    }
}

package struct ServerInfo: Codable, Sendable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }
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

    package struct Params: Codable, Sendable {
        package var id: RequestID
    }
}
