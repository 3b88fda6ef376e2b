package enum LogMessage: ServerNotificationType {
    package static let method = "window/logMessage"

    package struct Params: Sendable {
        package enum Kind: Int, Sendable {
            case error = 1
            case warning = 2
            case info = 3
            case log = 4
        }

        package var type: Kind
        package var message: String

        package init(type: Kind, message: String) {
            self.type = type
            self.message = message
        }
    }
}

extension LogMessage.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("type", type)
            json.member("message", message)
        }
    }
}

extension LogMessage.Params.Kind: JSONWritable {}
