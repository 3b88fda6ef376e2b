#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The folder in the user's cache that holds included libraries, each at one commit. Only `envd lock` adds to it.
package struct RepositoryCache: Hashable, Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Where the content of a commit belongs, whether it is there or not. A commit names its content, so the repository
    /// that it comes from does not matter.
    package func place(of commit: String) -> String { "\(path)/\(commit)" }

    /// The folder with the content of a commit; nil if it has not been fetched.
    package func folder(of commit: String) -> String? {
        var information = stat()
        let folder = place(of: commit)
        guard stat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else { return nil }
        return folder
    }

    /// Whether a text is the full name of a commit, by SHA-1 or SHA-256. Nothing else becomes part of a path.
    package static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
