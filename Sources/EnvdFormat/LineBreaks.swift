import EnvdSyntax

/// Line breaks of whole files.
enum LineBreaks {
    enum Kind {
        case lineFeed, carriageReturnLineFeed, carriageReturn
    }

    /// As black takes it from the first line.
    static func kind(of source: [UInt8]) -> Kind {
        guard let end = source.firstIndex(of: 0x0A) else { return source.contains(0x0D) ? .carriageReturn : .lineFeed }
        let line = source[..<end]
        if line.last == 0x0D { return line.dropLast().contains(0x0D) ? .carriageReturn : .carriageReturnLineFeed }
        return line.contains(0x0D) ? .carriageReturn : .lineFeed
    }

    /// What the formatter ends lines with in a file.
    static func first(in file: SourceFile) -> [UInt8] {
        for (_, chunk) in file.chunks where chunk.lineBreakCount > 0 {
            switch kind(of: chunk.bytes(in: 0..<Int(chunk.utf8Count))) {
            case .lineFeed: return [0x0A]
            case .carriageReturnLineFeed: return [0x0D, 0x0A]
            case .carriageReturn: return [0x0D]
            }
        }
        return [0x0A]
    }

    /// Every line break as LF.
    static func unified(_ source: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(source.count)
        var at = 0
        while at < source.count {
            if source[at] == 0x0D {
                out.append(0x0A)
                at += at + 1 < source.count && source[at + 1] == 0x0A ? 2 : 1
            } else {
                out.append(source[at])
                at += 1
            }
        }
        return out
    }

    static func converted(_ text: [UInt8], to kind: Kind) -> [UInt8] {
        switch kind {
        case .lineFeed: return text
        case .carriageReturn: return text.map { $0 == 0x0A ? 0x0D : $0 }
        case .carriageReturnLineFeed:
            var out: [UInt8] = []
            out.reserveCapacity(text.count + text.count / 16)
            for byte in text {
                if byte == 0x0A { out.append(0x0D) }
                out.append(byte)
            }
            return out
        }
    }
}
