import EnvdSyntax

/// A file that others load, or may load.
package struct ModuleID: Hashable, Sendable {
    /// What tells it from others: two paths to one file have the same. Of a file on disk it is absolute, without symbolic links.
    package let path: String
    /// As messages call it: the path as seen from the project, or from the repository that is included.
    package let name: String

    package init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

/// The files that `load` and `include` can reach from one project. The command line answers from the disk, a server with
/// documents that are open in front of it, tests from a list. May be asked by several threads at once.
package struct ModuleFiles: Sendable {
    package enum Place: Hashable, Sendable {
        case file(ModuleID)
        case folder
        case missing
        /// It leaves the project, where nobody looks for it.
        case outside
    }

    /// Where a path leads that is relative to the project, or absolute.
    package let locate: @Sendable (String) -> Place
    /// What a file holds; nil if it cannot be read.
    package let content: @Sendable (ModuleID) -> SourceFile?
    /// The `*.envd` files of the project, relative to it: what could be loaded.
    package let names: @Sendable () -> [String]
    /// The files of an included repository in the order in which they run; nil if its content is not on this machine.
    package let library: @Sendable (String) -> [ModuleID]?
    /// Whether it is certain which folder paths are relative to. If not, nothing is said to be missing.
    package let isProjectCertain: Bool

    package init(
        isProjectCertain: Bool = true,
        locate: @escaping @Sendable (String) -> Place, content: @escaping @Sendable (ModuleID) -> SourceFile?,
        names: @escaping @Sendable () -> [String], library: @escaping @Sendable (String) -> [ModuleID]?
    ) {
        self.isProjectCertain = isProjectCertain
        self.locate = locate
        self.content = content
        self.names = names
        self.library = library
    }

    /// The same files, but where a document is open, what that holds.
    ///
    /// - Parameter document: asked by the path of a `ModuleID`.
    package func with(openDocument document: @escaping @Sendable (String) -> SourceFile?) -> ModuleFiles {
        let content = content
        return ModuleFiles(
            isProjectCertain: isProjectCertain, locate: locate, content: { document($0.path) ?? content($0) },
            names: names, library: library)
    }
}

/// The file whose `load` statements are to be answered.
package struct ModulePlace: Hashable, Sendable {
    /// Nil of a text that is no file yet.
    package let id: ModuleID?
    /// Whether it is a test, which `envd test` looks up the files for.
    package let isTest: Bool

    package init(_ id: ModuleID?, isTest: Bool = false) {
        self.id = id
        self.isTest = isTest
    }

    /// The folder of the file, as seen from the project.
    var folder: String? {
        guard let name = id?.name else { return nil }
        return name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }
}
