import EnvdFormat

extension StandardOutput {
    /// Writes what has changed in a file as `diff -u` does, in colour where that is welcome.
    mutating func writeDiff(old: [UInt8], new: [UInt8], name: String) {
        writeDiff(UnifiedDiff.lines(old: old, new: new, oldName: name, newName: name))
    }

    mutating func writeDiff(_ lines: [UnifiedDiff.Line]) {
        let style = TerminalStyle(isColored: StandardOutput.wantsColor)
        guard style.isColored else {
            for line in lines { write(bytes: line.text) }
            return
        }
        for line in lines {
            let text = String(decoding: line.text.dropLast(), as: UTF8.self)
            switch line.kind {
            case .header: write(style.bold(text))
            case .range: write(style.colored(text, .cyan))
            case .removed: write(style.colored(text, .red))
            case .added: write(style.colored(text, .green))
            case .context: write(text)
            }
            write("\n")
        }
    }
}
