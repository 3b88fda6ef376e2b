/// A request of the protocol: its method, and what goes each way.
package protocol RequestType: Sendable {
    associatedtype Params: Decodable & Sendable
    associatedtype Result: JSONWritable
    static var method: String { get }
}

/// A notification that the client sends.
package protocol ClientNotificationType: Sendable {
    associatedtype Params: Decodable & Sendable
    static var method: String { get }
}

/// A notification that the server sends.
package protocol ServerNotificationType: Sendable {
    associatedtype Params: JSONWritable
    static var method: String { get }
}

/// The parameters of a message that has none; whatever comes is accepted.
package struct NoParams: Decodable, Sendable {
    package init() {}
    package init(from decoder: any Decoder) {}
}

extension NoParams: JSONWritable {
    package func write(to json: inout JSONPrinter) { json.object { _ in } }
}
