#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// What went wrong on the way to a server, in a few words.
enum ConnectionFailure {
    static func describe(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: describe(error)
        case let error as NIOConnectionError: describe(error)
        case let error as IOError: error.errnoCode.systemMessage
        case let error as NIOSSLError: "TLS failed: \(describe(error))"
        case is NIOSSLExtraError: "the server's certificate is not for that host"
        default: String(String(describing: error).prefix(200))
        }
    }

    /// Whether trying once more may help.
    static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError:
            [.connectTimeout, .readTimeout, .remoteConnectionClosed, .deadlineExceeded].contains(error)
        case let error as NIOConnectionError:
            // A name that does not exist today will not exist in a second either; a refused connection may be a restart.
            !error.connectionErrors.isEmpty
        case is IOError, is ChannelError: true
        default: false
        }
    }

    private static func describe(_ error: HTTPClientError) -> String {
        switch error {
        case .connectTimeout: "no connection in time"
        case .readTimeout: "no answer in time"
        case .remoteConnectionClosed: "the connection was closed in the middle"
        default: error.shortDescription
        }
    }

    private static func describe(_ error: NIOConnectionError) -> String {
        if let first = error.connectionErrors.first {
            return describe(first.error)
        }
        return "its name is not known"
    }

    private static func describe(_ error: NIOSSLError) -> String {
        let text = String(describing: error)
        return text.contains("CERTIFICATE_VERIFY_FAILED")
            ? "nobody that this system trusts vouches for the server's certificate" : String(text.prefix(200))
    }
}

extension CInt {
    /// The C library's words for an error number.
    var systemMessage: String {
        // IOError's own text repeats the name of the system call.
        String(cString: strerror(self)).lowercased()
    }
}
