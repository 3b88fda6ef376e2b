import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

// When files get other names, the `load` statements that lead to them have to say so.

/// A file or a folder that gets another name; both paths are absolute and without symbolic links.
package struct FileRename: Hashable, Sendable {
    package let old: String
    package let new: String

    package init(old: String, new: String) {
        self.old = old
        self.new = new
    }

    /// Where a file is afterwards; nil if it stays.
    fileprivate func moved(_ path: String) -> String? {
        if path == old { return new }
        return path.hasPrefix(old + "/") ? new + path.dropFirst(old.count) : nil
    }
}

extension Project {
    /// The edits that keep all loads of the project leading where they lead now. Files are named as they still are.
    ///
    /// - Parameter isCancelled: asked before each file. What comes back then is worth nothing.
    package func edit(forRenaming renames: [FileRename], isCancelled: () -> Bool = { false }) -> ProjectEdit {
        func moved(_ path: String) -> String { renames.lazy.compactMap { $0.moved(path) }.first ?? path }
        var edits: [(file: TargetFile, edit: SourceEdit)] = []
        for path in graph.loadablePaths {
            if isCancelled() { break }
            guard let id = graph.target(ofLoad: path, at: ModulePlace(nil)), let source = graph.source(of: id) else {
                continue
            }
            let place = ModulePlace(id, isTest: id.name.hasSuffix("_test.envd"))
            for load in source.statements.compactMap(LoadStmt.init) {
                guard let token = load.module, let text = load.path, case .file = LoadPath(text),
                    let target = graph.target(ofLoad: text, at: place),
                    let replacement = loadPath(text, to: moved(target.path), from: moved(id.path), place, target)
                else { continue }
                edits.append(
                    (.module(id), SourceEdit(range: token.range, replacement: quoted(replacement, like: token))))
            }
        }
        return ProjectEdit(edits)
    }

    /// What a `load` says when files have moved; nil if it may stay.
    private func loadPath(
        _ text: String, to target: String, from loader: String, _ place: ModulePlace, _ old: ModuleID
    ) -> String? {
        guard let inProject = relative(target) else { return nil }
        if text.hasPrefix("/") { return target == old.path ? nil : target }
        // A test looks in its own folder first.
        let isNear = place.isTest && clean(text) != old.name
        if isNear, let folder = relative(loader)?.folder {
            if clean(folder.isEmpty ? text : "\(folder)/\(text)") == inProject { return nil }
            let prefix = folder.isEmpty ? "" : folder + "/"
            return inProject.hasPrefix(prefix) ? String(inProject.dropFirst(prefix.count)) : inProject
        }
        return clean(text) == inProject ? nil : inProject
    }

    private func relative(_ path: String) -> String? {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.utf8.count + 1)) : nil
    }
}

/// A path without `.` and, where that is possible, `..`.
private func clean(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
        if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
}

/// A text in the quotes of another one.
private func quoted(_ text: String, like token: SyntaxToken) -> String {
    let quote = token.text.first { $0 == "\"" || $0 == "'" } ?? "\""
    return "\(quote)" + text.map { $0 == quote || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\(quote)"
}

extension String {
    fileprivate var folder: String? { lastIndex(of: "/").map { String(self[..<$0]) } ?? "" }
}
