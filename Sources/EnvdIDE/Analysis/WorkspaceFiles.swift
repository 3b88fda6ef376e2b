/// The files in the folders of a workspace. The command line answers from the disk. Any thread may ask.
package struct WorkspaceFiles: Sendable {
    /// The absolute paths of the files of the language in a folder, in order; what the project's settings leave out is left out.
    package var list: @Sendable (_ folder: String) -> [String]
    /// What a file holds, in UTF-8 bytes; nil if it cannot be read, or is too large.
    package var read: @Sendable (_ path: String) -> [UInt8]?

    package init(
        list: @escaping @Sendable (String) -> [String], read: @escaping @Sendable (String) -> [UInt8]?
    ) {
        self.list = list
        self.read = read
    }

    package static let none = WorkspaceFiles(list: { _ in [] }, read: { _ in nil })
}
