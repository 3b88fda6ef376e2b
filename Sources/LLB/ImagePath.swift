/// Paths within images: always `/`, never touching a file system. All works on bytes, since a combining character after
/// a slash would hide the slash from `Character`.
package enum ImagePath {
    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    package static func isAbsolute(_ path: String) -> Bool {
        path.utf8.first == slash
    }

    /// The shortest path with the same meaning, by the rules of Go's `path.Clean`: no empty or `.` elements, `..`
    /// resolved as far as possible, no slash at the end; `.` for the empty path.
    package static func clean(_ path: String) -> String {
        if isClean(path) { return path }
        let parent: [UInt8] = [dot, dot]
        var elements: [ArraySlice<UInt8>] = []
        for element in Array(path.utf8).split(separator: slash) where !element.elementsEqual([dot]) {
            if element.elementsEqual(parent) {
                if let last = elements.last, !last.elementsEqual(parent) {
                    elements.removeLast()
                } else if !isAbsolute(path) {
                    elements.append(element)
                }
            } else {
                elements.append(element)
            }
        }
        let joined = String(decoding: Array(elements.joined(separator: [slash])), as: UTF8.self)
        if isAbsolute(path) { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// Whether a path is certainly as short as it can be: most are. Says no for each element that begins with a dot.
    private static func isClean(_ path: String) -> Bool {
        guard var previous = path.utf8.first, previous != dot else { return false }
        for byte in path.utf8.dropFirst() {
            if previous == slash, byte == slash || byte == dot { return false }
            previous = byte
        }
        return previous != slash || path.utf8.count == 1
    }

    /// Joins the parts that are not empty with slashes and cleans the result; empty if all parts are.
    package static func join(_ parts: String...) -> String {
        let filled = parts.filter { !$0.isEmpty }
        return filled.isEmpty ? "" : clean(filled.joined(separator: "/"))
    }

    /// `path` seen from `directory`, as file actions do: absolute and clean.
    ///
    /// - Parameter keepsSlash: whether a slash or `/.` at the end survives, which tells a copy that its destination is
    ///   a directory.
    static func absolute(_ path: String, in directory: String, keepsSlash: Bool = false) -> String {
        var result = clean(path)
        if !isAbsolute(result) {
            result = join("/", directory, result)
        }
        guard keepsSlash else { return result }
        if path.utf8.last == slash, result.utf8.last != slash {
            result += "/"
        } else if path.utf8.suffix(2).elementsEqual([slash, dot]) {
            result += result == "/" ? "." : "/."
        }
        return result
    }
}
