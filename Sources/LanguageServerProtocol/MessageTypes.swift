/// A request of the protocol: its method, and what goes each way.
package protocol RequestType: Sendable {
    associatedtype Params: Decodable & Sendable
    associatedtype Result: Encodable & Sendable
    static var method: String { get }
}

/// A notification that the client sends.
package protocol ClientNotificationType: Sendable {
    associatedtype Params: Decodable & Sendable
    static var method: String { get }
}

/// A notification that the server sends.
package protocol ServerNotificationType: Sendable {
    associatedtype Params: Encodable & Sendable
    static var method: String { get }
}

/// The parameters of a message that has none; whatever comes is accepted.
package struct NoParams: Codable, Sendable {
    package init() {}
    package init(from decoder: any Decoder) {}
}
