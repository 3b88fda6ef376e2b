/// A line being edited: keys change it. Knows nothing of a terminal; `LineDisplay` says how it is shown.
///
/// The keys are those of Emacs, as in most shells. A place in the line lies between two characters as a reader sees them
/// (grapheme clusters), so that no key leaves half of one.
package struct LineEditor {
    package private(set) var text: [Character] = []
    /// How many characters stand before the cursor.
    package private(set) var cursor = 0
    package private(set) var history: LineHistory
    /// What is being looked for in the history; nil while nothing is.
    package private(set) var search: Search?

    /// Which line of the history is shown, and what was typed before it was; nil while it is none.
    private var visited: (index: Int, typed: [Character])?
    /// What was deleted last, for `yank`.
    private var killed: [Character] = []
    private var lastWasKill = false
    private var lastWasTab = false
    private let complete: (String) -> Completion

    package struct Search: Equatable {
        package fileprivate(set) var query = ""
        /// The line that was found, if any was.
        fileprivate var index: Int?
        package fileprivate(set) var hasFailed = false
        fileprivate var original: [Character]
        fileprivate var originalCursor: Int
    }

    /// What a Tab could stand for.
    package struct Completion: Equatable, Sendable {
        /// How many characters before the cursor the candidates take the place of.
        package var length: Int
        package var candidates: [String]

        package init(length: Int, candidates: [String]) {
            self.length = length
            self.candidates = candidates
        }
    }

    /// What is to be done after a key.
    package enum Action: Equatable, Sendable {
        /// Nothing or just showing the line anew.
        case show
        /// The line is complete.
        case accept(String)
        /// Ctrl-C: the line is given up.
        case interrupt
        /// Ctrl-D on an empty line.
        case end
        case clearScreen
        case suspend
        /// Shows what Tab could stand for.
        case list([String])
        /// The key means nothing here.
        case bell
    }

    /// - Parameter complete: what the text before the cursor could go on with.
    package init(
        history: LineHistory = LineHistory(),
        complete: @escaping (String) -> Completion = { _ in .init(length: 0, candidates: []) }
    ) {
        self.history = history
        self.complete = complete
    }

    package var line: String { String(text) }

    /// Begins a new line.
    package mutating func begin() {
        text = []
        cursor = 0
        visited = nil
        search = nil
        lastWasKill = false
        lastWasTab = false
    }

    package mutating func remember(_ line: String) {
        history.add(line)
    }

    package mutating func handle(_ key: Key) -> Action {
        if search != nil, let action = handleSearch(key) { return action }
        let (wasKill, wasTab) = (lastWasKill, lastWasTab)
        (lastWasKill, lastWasTab) = (false, false)
        switch key {
        case .character(let character): insert([character])
        case .paste(let pasted): insert(Self.printable(pasted))
        case .enter: return .accept(line)
        case .interrupt: return .interrupt
        case .endOfInput: return text.isEmpty ? .end : delete(1)
        case .clearScreen: return .clearScreen
        case .suspend: return .suspend
        case .tab: return tab(isSecond: wasTab)
        case .escape, .cancel: return .show
        case .left: return move(to: cursor - 1)
        case .right: return move(to: cursor + 1)
        case .home: return move(to: 0)
        case .end: return move(to: text.count)
        case .wordLeft: return move(to: wordStart)
        case .wordRight: return move(to: wordEnd)
        case .up: return visit(-1)
        case .down: return visit(1)
        case .backspace: return delete(-1)
        case .delete: return delete(1)
        case .deleteToStart: return kill(0..<cursor, isBefore: true, continuing: wasKill)
        case .deleteToEnd: return kill(cursor..<text.count, isBefore: false, continuing: wasKill)
        case .deleteWordLeft: return kill(wordStart..<cursor, isBefore: true, continuing: wasKill)
        case .deleteWordRight: return kill(cursor..<wordEnd, isBefore: false, continuing: wasKill)
        case .yank: insert(killed)
        case .transpose: return transpose()
        case .searchHistory:
            search = Search(original: text, originalCursor: cursor)
        }
        return .show
    }

    // MARK: - Text

    private mutating func insert(_ characters: [Character]) {
        text.insert(contentsOf: characters, at: cursor)
        cursor += characters.count
        regroup()
    }

    /// What now stands beside each other may be one character, as a letter and a combining mark are.
    private mutating func regroup() {
        let whole = Array(String(text))
        guard whole.count != text.count else { return }
        let before = text[..<cursor].reduce(0) { $0 + $1.utf8.count }
        var (place, length) = (0, 0)
        while length < before, place < whole.count {
            length += whole[place].utf8.count
            place += 1
        }
        text = whole
        cursor = place
    }

    /// Pasted text as it can stand in a line: a tab is four blanks.
    private static func printable(_ pasted: String) -> [Character] {
        var result: [Character] = []
        for character in pasted {
            if character == "\t" {
                result += "    "
            } else if !character.unicodeScalars.contains(where: \.disturbsTerminal) {
                result.append(character)
            }
        }
        return result
    }

    private mutating func move(to place: Int) -> Action {
        let target = min(max(0, place), text.count)
        defer { cursor = target }
        return target == cursor ? .bell : .show
    }

    private mutating func delete(_ count: Int) -> Action {
        let target = min(max(0, cursor + count), text.count)
        guard target != cursor else { return .bell }
        text.removeSubrange(min(cursor, target)..<max(cursor, target))
        cursor = min(cursor, target)
        regroup()
        return .show
    }

    /// Deletes a range so that `yank` brings it back, joined with what was deleted by the key before.
    private mutating func kill(_ range: Range<Int>, isBefore: Bool, continuing: Bool) -> Action {
        lastWasKill = true
        guard !range.isEmpty else { return .bell }
        let removed = Array(text[range])
        killed = continuing ? (isBefore ? removed + killed : killed + removed) : removed
        text.removeSubrange(range)
        cursor = range.lowerBound
        regroup()
        return .show
    }

    private mutating func transpose() -> Action {
        guard text.count > 1, cursor > 0 else { return .bell }
        let right = min(cursor, text.count - 1)
        text.swapAt(right - 1, right)
        cursor = right + 1
        regroup()
        return .show
    }

    // MARK: - Words

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, !Self.isWord(text[place - 1]) { place -= 1 }
        while place > 0, Self.isWord(text[place - 1]) { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < text.count, !Self.isWord(text[place]) { place += 1 }
        while place < text.count, Self.isWord(text[place]) { place += 1 }
        return place
    }

    // MARK: - Completion

    private mutating func tab(isSecond: Bool) -> Action {
        let before = String(text[..<cursor])
        if before.allSatisfy(\.isWhitespace) {
            insert(Array("    "))
            return .show
        }
        let completion = complete(before)
        guard let first = completion.candidates.first else { return .bell }
        let common = completion.candidates.dropFirst().reduce(Array(first)) { prefix, candidate in
            Array(zip(prefix, candidate).prefix { $0 == $1 }.map(\.0))
        }
        let length = min(completion.length, cursor)
        if common.count > length {
            text.removeSubrange((cursor - length)..<cursor)
            cursor -= length
            insert(common)
            return .show
        }
        if completion.candidates.count == 1 { return .bell }
        lastWasTab = true
        return isSecond ? .list(completion.candidates) : .bell
    }

    // MARK: - History

    private mutating func visit(_ step: Int) -> Action {
        let index = (visited?.index ?? history.lines.count) + step
        guard index >= 0, index <= history.lines.count, step < 0 || visited != nil else { return .bell }
        let typed = visited?.typed ?? text
        if index == history.lines.count {
            text = typed
            visited = nil
        } else {
            text = Array(history.lines[index])
            visited = (index, typed)
        }
        cursor = text.count
        return .show
    }

    /// A key while the history is searched; nil if it ends the search and means what it always does.
    private mutating func handleSearch(_ key: Key) -> Action? {
        guard var state = search else { return nil }
        switch key {
        case .character(let character):
            state.query.append(character)
            find(&state, before: (state.index ?? history.lines.count - 1) + 1)
        case .backspace:
            guard !state.query.isEmpty else { return .bell }
            state.query.removeLast()
            find(&state, before: history.lines.count)
        case .searchHistory: find(&state, before: state.index ?? history.lines.count)
        case .cancel, .interrupt:
            text = state.original
            cursor = state.originalCursor
            search = nil
            return .show
        default:
            search = nil
            return nil
        }
        search = state
        return state.hasFailed ? .bell : .show
    }

    private mutating func find(_ state: inout Search, before index: Int) {
        guard !state.query.isEmpty else {
            state.hasFailed = false
            return
        }
        guard let found = history.search(state.query, before: index) else {
            state.hasFailed = true
            return
        }
        state.hasFailed = false
        state.index = found
        let line = history.lines[found]
        text = Array(line)
        // At the beginning of what was found.
        cursor = line.range(of: state.query).map { line.distance(from: line.startIndex, to: $0.lowerBound) } ?? 0
        visited = (found, state.original)
    }
}

extension String {
    /// Where a text begins and ends in this one, the first time.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<(index(start, offsetBy: text.count, limitedBy: endIndex) ?? endIndex)
            }
            start = index(after: start)
        }
        return nil
    }
}
