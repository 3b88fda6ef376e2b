/// One line of a `.gitignore` file, as gitignore(5) and git's own matcher define it.
///
/// Names are bytes, and so is what `?` and brackets stand for, as in git. Matching takes time proportional to the length
/// of the pattern times that of the name; a hostile pattern cannot make it exponential.
struct GitIgnorePattern {
    /// Whether it brings back what an earlier pattern ignored (`!`).
    let isNegated: Bool
    /// Whether it applies to folders only (`/` at the end).
    let isForFoldersOnly: Bool
    /// Whether it is held against the path from the folder of its file rather than against the name alone.
    private let isAnchored: Bool
    private let segments: [Segment]

    private enum Segment: Equatable {
        /// `**`: any number of folders.
        case anyDepth
        case name([Element])
    }

    fileprivate enum Element: Equatable {
        case byte(UInt8)
        case anyByte
        case set(ByteSet)
        /// `*`: any number of bytes.
        case anyBytes
        case slash
    }

    /// - Returns: nil for blank lines, comments, and patterns that git takes but which can match nothing.
    init?(line: some Sequence<UInt8>) {
        var text = Self.trimmingTrailingBlanks(Array(line))
        guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
        isNegated = first == UInt8(ascii: "!")
        if isNegated { text.removeFirst() }
        isForFoldersOnly = text.last == UInt8(ascii: "/")
        if isForFoldersOnly { text.removeLast() }
        // git looks for a slash in the text, before it gives a meaning to brackets and backslashes.
        isAnchored = text.contains(UInt8(ascii: "/"))
        if text.first == UInt8(ascii: "/") { text.removeFirst() }
        guard !text.isEmpty, let elements = Self.elements(of: text) else { return nil }
        segments = elements.split(separator: .slash, omittingEmptySubsequences: false).map { elements in
            let isAnyDepth = elements.count >= 2 && elements.allSatisfy { $0 == .anyBytes }
            return isAnyDepth ? .anyDepth : .name(Array(elements))
        }
    }

    /// - Parameter path: the names of the folders from that of the `.gitignore` file on, and of the file itself.
    func matches(_ path: ArraySlice<[UInt8]>, isFolder: Bool) -> Bool {
        if isForFoldersOnly && !isFolder { return false }
        guard isAnchored else {
            guard let name = path.last else { return false }
            return segments.first.map { Self.matches($0, name) } ?? false
        }
        return matchesPath(path)
    }

    // MARK: - Matching

    /// Only the last `**` ever needs another try: what stands before it has matched as early as it can.
    private func matchesPath(_ path: ArraySlice<[UInt8]>) -> Bool {
        var segment = 0
        var index = path.startIndex
        var retry: (segment: Int, index: Int)?
        while index < path.endIndex {
            if segment < segments.count, segments[segment] == .anyDepth {
                // At the end, `**` stands for everything inside, of which there is at least one thing.
                if segment == segments.count - 1 { return true }
                segment += 1
                retry = (segment, index)
            } else if segment < segments.count, Self.matches(segments[segment], path[index]) {
                segment += 1
                index += 1
            } else if let last = retry {
                retry = (last.segment, last.index + 1)
                (segment, index) = (last.segment, last.index + 1)
            } else {
                return false
            }
        }
        return segment == segments.count
    }

    private static func matches(_ segment: Segment, _ name: [UInt8]) -> Bool {
        guard case .name(let elements) = segment else { return true }
        var element = 0
        var index = 0
        var retry: (element: Int, index: Int)?
        while index < name.count {
            if element < elements.count, elements[element] == .anyBytes {
                element += 1
                retry = (element, index)
            } else if element < elements.count, elements[element].matches(name[index]) {
                element += 1
                index += 1
            } else if let last = retry {
                retry = (last.element, last.index + 1)
                (element, index) = (last.element, last.index + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .anyBytes }
    }

    // MARK: - Reading the pattern

    /// Blanks at the end do not count, unless a backslash stands before them.
    private static func trimmingTrailingBlanks(_ text: [UInt8]) -> [UInt8] {
        var end = 0
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "\\") {
                index += 2
                end = min(index, text.count)
            } else {
                index += 1
                if text[index - 1] != UInt8(ascii: " ") { end = index }
            }
        }
        return Array(text[..<end])
    }

    private static func elements(of text: [UInt8]) -> [Element]? {
        var elements: [Element] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "/"): elements.append(.slash)
            case UInt8(ascii: "?"): elements.append(.anyByte)
            case UInt8(ascii: "*"): elements.append(.anyBytes)
            case UInt8(ascii: "["):
                guard let set = ByteSet(afterBracket: &rest) else { return nil }
                elements.append(.set(set))
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                elements.append(escaped == UInt8(ascii: "/") ? .slash : .byte(escaped))
            default: elements.append(.byte(byte))
            }
        }
        return elements
    }
}

extension GitIgnorePattern.Element {
    fileprivate func matches(_ byte: UInt8) -> Bool {
        switch self {
        case .byte(let expected): byte == expected
        case .anyByte: true
        case .set(let set): set.contains(byte)
        case .anyBytes, .slash: false
        }
    }
}
