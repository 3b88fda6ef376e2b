/// What the text of a `load` statement stands for, before anybody looks for a file.
///
/// envd 1.3.6 opens the path as it is written from the folder that it runs in, wherever the file stands that loads it. That folder is
/// the project's when envd is run there, which is usual; here it always is.
package enum LoadPath: Hashable, Sendable {
    /// A part of envd itself: `@envd/v1/llb.envd`.
    case prelude(String)
    /// The URL of a git repository, whose files are one module; it is written behind `git@`.
    case repository(String)
    /// A path, relative to the project unless it is absolute.
    case file(String)
    /// What no file of a project is called.
    case invalid(Problem)

    package enum Problem: Hashable, Sendable, CustomStringConvertible {
        case empty
        case folder
        case label
        case url
        case control
        case internalFile

        package var description: String {
            switch self {
            case .empty: "the path is empty"
            case .folder: "the path ends as that of a folder does, and only files can be loaded"
            case .label: "a path begins in the project's folder, without '//'"
            case .url: "only files can be loaded; include(…) takes the URL of a git repository"
            case .control: "no file is called so"
            case .internalFile: "of envd's own files a program can load only \(PreludeFile.graphName)"
            }
        }
    }

    package init(_ text: String) {
        if PreludeFile.isPreludeName(text) {
            self = text == PreludeFile.graphName ? .prelude(text) : .invalid(.internalFile)
        } else if text.utf8.starts(with: "git@".utf8) {
            self = .repository(String(text.dropFirst("git@".count)))
        } else if text.isEmpty {
            self = .invalid(.empty)
        } else if text.utf8.contains(0) {
            self = .invalid(.control)
        } else if text.utf8.starts(with: "//".utf8) {
            self = .invalid(.label)
        } else if LoadPath.hasScheme(text) {
            self = .invalid(.url)
        } else if LoadPath.namesFolder(text) {
            self = .invalid(.folder)
        } else {
            self = .file(text)
        }
    }

    private static func namesFolder(_ text: String) -> Bool {
        var end = text.utf8[...]
        for _ in 0..<2 where end.last == UInt8(ascii: ".") { end.removeLast() }
        return end.isEmpty || end.last == UInt8(ascii: "/")
    }

    private static func hasScheme(_ text: String) -> Bool {
        let scheme = text.utf8.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        return !scheme.isEmpty && text.utf8.dropFirst(scheme.count).starts(with: "://".utf8)
    }

    /// The folders that a path goes back out of by `..`, which must be there: the system looks for them.
    package static func foldersLeft(by path: String) -> [String] {
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        return components.indices.filter { components[$0] == ".." && $0 > 0 }.map { end in
            components[..<end].joined(separator: "/")
        }.filter { !$0.isEmpty }
    }

    /// The places where a file is looked for, in order, by `envd test`: what a test loads is in its own folder or else in the
    /// project, and what a library loads in the project or else in its folder, since it may be tested in its place within
    /// something larger.
    ///
    /// - Parameter folder: that of the file that loads, as seen from the project; empty if it is the same.
    package static func placesInTests(of path: String, folder: String?, isOwn: Bool) -> [String] {
        guard let folder, !folder.isEmpty, !path.hasPrefix("/") else { return [path] }
        let near = "\(folder)/\(path)"
        return isOwn ? [near, path] : [path, near]
    }
}
