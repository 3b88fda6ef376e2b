/// A process as a person would type it: the script of a shell without the shell around it, other words quoted where a
/// shell would need it.
package struct ReadableCommand: Sendable, Hashable {
    /// One or more, without line breaks, as they are to be typed.
    package let lines: [String]
    /// The script is not all: it begins with settings for the shell itself, which are left out of `lines`.
    package let settings: String

    package init(_ arguments: [String]) {
        guard let script = ReadableCommand.script(in: arguments) else {
            lines = [arguments.map(ReadableCommand.quoted).joined(separator: " ")]
            settings = ""
            return
        }
        var lines = ReadableCommand.withoutIndentation(script)
        // What envd puts before the commands of `run` so that the first failure ends them.
        var settings = ""
        if lines.count > 1, lines[0].hasPrefix("set -e") { settings = lines.removeFirst() }
        self.lines = lines.isEmpty ? [""] : lines
        self.settings = settings
    }

    /// `bash -c SCRIPT` and nothing else; further words would be parameters of the script.
    private static func script(in arguments: [String]) -> String? {
        guard arguments.count == 3, arguments[1] == "-c" else { return nil }
        let shells = ["sh", "bash", "/bin/sh", "/bin/bash", "/usr/bin/bash", "/usr/bin/sh"]
        return shells.contains(arguments[0]) ? arguments[2] : nil
    }

    /// The lines of a text that are not blank, less the blanks that all of them begin with.
    private static func withoutIndentation(_ text: String) -> [String] {
        let lines = text.nonemptyLines.filter { !$0.allSatisfy(\.isWhitespace) }
        let depth = lines.map { $0.prefix { $0 == " " || $0 == "\t" }.count }.min() ?? 0
        return lines.map { line in
            var line = line.dropFirst(depth)
            while line.last?.isWhitespace == true { line.removeLast() }
            return String(line)
        }
    }

    /// A word as a POSIX shell reads it back.
    package static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                true
            default: "-_./:=@%+,^".utf8.contains(byte)
            }
        }
        if isPlain, !word.isEmpty { return word }
        var result = "'"
        for scalar in word.unicodeScalars {
            if scalar == "'" { result += "'\\''" } else { result.unicodeScalars.append(scalar) }
        }
        return result + "'"
    }
}
