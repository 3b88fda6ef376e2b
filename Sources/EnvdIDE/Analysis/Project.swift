import EnvdAnalysis
import EnvdSyntax
import Synchronization

/// The folder in which programs run, with its files as they load each other: what documents of one project have in common.
///
/// Documents that are open stand in front of what the disk has.
package final class Project: Sendable {
    /// As an absolute path without symbolic links.
    package let root: String
    package let view: ProjectView
    package let graph: ModuleGraph
    /// What a folder of the project holds, by a path that is relative to it; empty if there is no such folder.
    package let entries: @Sendable (String) -> [Entry]
    private let open: OpenFiles

    /// A file or folder within a folder.
    package struct Entry: Sendable, Hashable {
        package let name: String
        package let isFolder: Bool

        package init(name: String, isFolder: Bool) {
            self.name = name
            self.isFolder = isFolder
        }
    }

    private final class OpenFiles: Sendable {
        /// By the path of a `ModuleID`.
        let files = Mutex<[String: SourceFile]>([:])
    }

    package init(
        root: String, files: ModuleFiles, view: ProjectView,
        entries: @escaping @Sendable (String) -> [Entry] = { _ in [] }
    ) {
        self.root = root
        self.view = view
        self.entries = entries
        let open = OpenFiles()
        self.open = open
        graph = ModuleGraph(files.with { path in open.files.withLock { $0[path] } })
    }

    /// Shows the project what a document holds; nil if it is closed, so that the disk counts.
    ///
    /// - Returns: whether that is something else than before.
    package func setDocument(_ file: SourceFile?, at path: String) -> Bool {
        let isNew = open.files.withLock { files in
            let old = files.updateOrRemove(file, at: path)
            switch (old, file) {
            case (nil, nil): return false
            case (let old?, let file?): return !file.isSameState(as: old)
            default: return true
            }
        }
        if isNew { graph.filesChanged([path]) }
        return isNew
    }

    /// Says that files of the disk have changed, are new or are gone.
    package func filesChanged(_ paths: [String]) { graph.filesChanged(paths) }
}

extension Dictionary {
    fileprivate mutating func updateOrRemove(_ value: Value?, at key: Key) -> Value? {
        if let value { updateValue(value, forKey: key) } else { removeValue(forKey: key) }
    }
}
