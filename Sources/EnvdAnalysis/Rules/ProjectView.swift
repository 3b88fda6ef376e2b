/// What rules may ask about the files of a project. The command line and the server answer from the disk, tests from a list.
package struct ProjectView: Sendable {
    package enum Status: Sendable, Hashable {
        case file
        case directory
        case missing
        /// The path leaves the project, by itself or by a symbolic link.
        case outside
    }

    /// The status of a path that is relative to the directory of the program, or absolute.
    package let status: @Sendable (String) -> Status
    /// The content of a file in UTF-8 bytes, of at most 1 MiB; nil if it cannot be read.
    package let content: @Sendable (String) -> [UInt8]?
    /// Whether a path of the host exists; `~` is the user's home. Nil where it is not known.
    package let hostPathExists: @Sendable (String) -> Bool?

    package init(
        status: @escaping @Sendable (String) -> Status, content: @escaping @Sendable (String) -> [UInt8]?,
        hostPathExists: @escaping @Sendable (String) -> Bool?
    ) {
        self.status = status
        self.content = content
        self.hostPathExists = hostPathExists
    }
}
