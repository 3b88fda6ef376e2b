#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Connections to an editor that waits for the server to come, as `--socket` and `--pipe` ask for.
enum ClientConnection {
    /// Connects to a port of this machine.
    ///
    /// - Returns: a descriptor to read from and to write to.
    static func toPort(_ port: UInt16) throws(CommandFailure) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return try connected(AF_INET, &address, "port \(port)")
    }

    /// Connects to a socket of the file system.
    static func toSocket(at path: Path) throws(CommandFailure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        guard path.bytes.count <= room else {
            throw CommandFailure("cannot connect to '\(path.displayName)': the path is longer than \(room) bytes")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
        return try connected(AF_UNIX, &address, "'\(path.displayName)'")
    }

    private static func connected<Address>(
        _ family: Int32, _ address: inout Address, _ name: String
    ) throws(CommandFailure) -> Int32 {
        func failure(_ code: Int32) -> CommandFailure {
            CommandFailure("cannot connect to \(name): \(systemErrorMessage(code))")
        }
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(errno) }
        let size = socklen_t(MemoryLayout<Address>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw failure(code)
        }
        // An answer is one write; waiting to fill a packet would only make it late.
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }
}
