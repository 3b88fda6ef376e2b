package enum LogMessage: ServerNotificationType {
    package static let method = "window/logMessage"

    package struct Params: Codable, Sendable {
        package enum Kind: Int, Codable, Sendable {
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
