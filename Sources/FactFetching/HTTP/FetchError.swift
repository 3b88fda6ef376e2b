/// Why a fact could not be had.
///
/// Messages may quote what a server said; whoever prints them removes what would disturb a terminal.
package struct FetchError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// Whoever must know says that there is no such thing: the program asks for something that does not exist.
        case missing
        /// Nobody could be asked, or the answer is of no use.
        case failure
    }

    package let kind: Kind
    package let message: String
    /// What the user can do about it; empty if nothing comes to mind.
    package let advice: String

    init(_ message: String, advice: String = "") {
        self.init(.failure, message, advice: advice)
    }

    init(_ kind: Kind, _ message: String, advice: String = "") {
        self.kind = kind
        self.message = message
        self.advice = advice
    }

    package var description: String { advice.isEmpty ? message : "\(message) (\(advice))" }

    /// - Parameter host: who was asked.
    init(_ error: any Error, asking host: String) {
        if let known = error as? FetchError {
            self = known
        } else {
            self.init("\(host) cannot be asked: \(ConnectionFailure.describe(error))")
        }
    }
}
