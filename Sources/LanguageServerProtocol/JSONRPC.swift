/// The id by which a response names its request. Integers and strings are different ids, whatever they spell.
package enum RequestID: Sendable, Hashable {
    case integer(Int)
    case string(String)

    package init?(_ value: JSONView) {
        if let integer = value.int {
            self = .integer(integer)
        } else if let string = value.string {
            self = .string(string)
        } else {
            return nil
        }
    }
}

extension RequestID: Decodable {
    package init(from decoder: any Decoder) throws {
        let value = try JSONView(from: decoder)
        guard let id = RequestID(value) else {
            throw DecodingError.typeMismatch(
                RequestID.self,
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "expected an integer or a string, found \(value.kindName)"))
        }
        self = id
    }

}

/// The error of a response.
package struct ResponseError: Error, Sendable, Equatable {
    /// The codes of JSON-RPC 2.0 and of the protocol.
    package enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        case serverNotInitialized = -32002
        case requestFailed = -32803
        case serverCancelled = -32802
        case contentModified = -32801
        case requestCancelled = -32800
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A message from the client, its parameters still as they came.
package enum IncomingMessage: Sendable, Equatable {
    case request(id: RequestID, method: String, params: JSONView?)
    case notification(method: String, params: JSONView?)
    /// The answer to a request of ours.
    case response(id: RequestID?)

    /// What cannot be understood, with the id to answer to as far as there is one.
    package struct Malformed: Error, Sendable, Equatable {
        package var id: RequestID?
        package var error: ResponseError
    }

    package init(parsing body: [UInt8]) throws(Malformed) {
        let value: JSONView
        do throws(JSONParseError) {
            value = try JSONDocument(parsing: body).root
        } catch {
            throw Malformed(
                id: nil, error: ResponseError(.parseError, "not JSON: \(error.message) at byte \(error.offset)"))
        }
        try self.init(value)
    }

    package init(_ object: JSONView) throws(Malformed) {
        guard object.isObject else {
            // Batches are part of JSON-RPC but not of this protocol.
            throw Malformed(id: nil, error: ResponseError(.invalidRequest, "a message is an object"))
        }
        let id = object["id"].flatMap(RequestID.init)
        func invalid(_ message: String) -> Malformed {
            Malformed(id: id, error: ResponseError(.invalidRequest, message))
        }
        guard object["jsonrpc"]?.string == "2.0" else { throw invalid("\"jsonrpc\" is not \"2.0\"") }
        guard let methodValue = object["method"] else {
            guard object["result"] != nil || object["error"] != nil else { throw invalid("\"method\" is missing") }
            self = .response(id: id)
            return
        }
        guard let method = methodValue.string else { throw invalid("\"method\" is not a string") }
        // Some clients write null where the specification wants the member left out.
        let params = object["params"].flatMap { $0.isNull ? nil : $0 }
        if object["id"] == nil {
            self = .notification(method: method, params: params)
        } else if let id {
            self = .request(id: id, method: method, params: params)
        } else {
            throw invalid("\"id\" is not an integer or a string")
        }
    }
}

// MARK: - Messages of the server

package struct ResponseMessage<Result: JSONWritable>: Sendable {
    private let jsonrpc = "2.0"
    private let id: RequestID
    private let result: Result

    package init(id: RequestID, result: Result) {
        self.id = id
        self.result = result
    }

    private enum CodingKeys: CodingKey { case jsonrpc, id, result }

}

extension JSONValue {
    /// A response whose result is data already.
    package static func response(id: RequestID, result: JSONValue) -> JSONValue {
        let id: JSONValue =
            switch id {
            case .integer(let value): .integer(value)
            case .string(let value): .string(value)
            }
        return ["jsonrpc": "2.0", "id": id, "result": result]
    }
}

package struct ErrorResponseMessage: Sendable {
    private let jsonrpc = "2.0"
    private let id: RequestID?
    private let error: ResponseError

    /// Without an id: the answer to something whose id could not be read.
    package init(id: RequestID?, error: ResponseError) {
        self.id = id
        self.error = error
    }

    private enum CodingKeys: CodingKey { case jsonrpc, id, error }

}

package struct NotificationMessage<Params: JSONWritable>: Sendable {
    private let jsonrpc = "2.0"
    private let method: String
    private let params: Params

    package init(method: String, params: Params) {
        self.method = method
        self.params = params
    }
}

// MARK: - As JSON

extension RequestID: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .integer(let value): json.write(value)
        case .string(let value): json.write(value)
        }
    }
}

extension ResponseError: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("code", code)
            json.member("message", message)
        }
    }
}

extension ResponseError.Code: JSONWritable {}

extension ResponseMessage: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("jsonrpc", jsonrpc)
            json.member("id", id)
            // A result that is nil has to be there, as null.
            json.member("result", result)
        }
    }
}

extension ErrorResponseMessage: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("jsonrpc", jsonrpc)
            json.member("id", id)
            json.member("error", error)
        }
    }
}

extension NotificationMessage: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("jsonrpc", jsonrpc)
            json.member("method", method)
            json.member("params", params)
        }
    }
}
