/// The lines in which two texts differ: a shortest edit script, found in linear space (E. W. Myers, "An O(ND) Difference
/// Algorithm and Its Variations", 1986).
package struct LineDifference: Sendable {
    /// Lines of the old text that are replaced by lines of the new one; either may be empty.
    package struct Change: Sendable, Equatable {
        package var old: Range<Int>
        package var new: Range<Int>
    }

    /// Each line with its line break.
    package let oldLines: [ArraySlice<UInt8>]
    package let newLines: [ArraySlice<UInt8>]
    /// In order; between two of them there is at least one line that both texts have.
    package private(set) var changes: [Change] = []

    package init(old: [UInt8], new: [UInt8]) {
        self.init(oldPieces: Self.lines(of: old), newPieces: Self.lines(of: new))
    }

    /// The same for texts that were cut in another way.
    init(oldPieces: [ArraySlice<UInt8>], newPieces: [ArraySlice<UInt8>]) {
        oldLines = oldPieces
        newLines = newPieces
        // What both begin and end with need not be told apart.
        let limit = min(oldPieces.count, newPieces.count)
        var head = 0
        while head < limit, oldPieces[head] == newPieces[head] { head += 1 }
        var tail = 0
        while tail < limit - head, oldPieces[oldPieces.count - 1 - tail] == newPieces[newPieces.count - 1 - tail] {
            tail += 1
        }
        var numbers: [ArraySlice<UInt8>: Int32] = [:]
        func number(_ line: ArraySlice<UInt8>) -> Int32 {
            if let known = numbers[line] { return known }
            let next = Int32(numbers.count)
            numbers[line] = next
            return next
        }
        let old = oldPieces[head..<(oldPieces.count - tail)]
        let new = newPieces[head..<(newPieces.count - tail)]
        guard !old.isEmpty, !new.isEmpty else {
            if !old.isEmpty || !new.isEmpty { changes = [Change(old: old.indices, new: new.indices)] }
            return
        }
        var search = Search(old: old.map(number), new: new.map(number))
        search.run()
        changes = search.changes().map { change in
            Change(
                old: (change.old.lowerBound + head)..<(change.old.upperBound + head),
                new: (change.new.lowerBound + head)..<(change.new.upperBound + head))
        }
    }

    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in text.enumerated() where byte == 0x0A {
            lines.append(text[start...index])
            start = index + 1
        }
        if start < text.count { lines.append(text[start...]) }
        return lines
    }
}

private struct Search {
    let old: [Int32]
    let new: [Int32]
    private var isDeleted: [Bool]
    private var isInserted: [Bool]
    /// How far each diagonal has come, from the start and from the end.
    private var forward: [Int]
    private var backward: [Int]
    private let origin: Int

    /// Beyond this many differences in one stretch, all of it counts as changed: the time must stay bounded.
    private static let maximumCost = 4_000
    private static let unreached = 1 << 40

    init(old: [Int32], new: [Int32]) {
        self.old = old
        self.new = new
        isDeleted = Array(repeating: false, count: old.count)
        isInserted = Array(repeating: false, count: new.count)
        origin = new.count + 1
        forward = Array(repeating: 0, count: old.count + new.count + 3)
        backward = forward
    }

    mutating func run() {
        // A stack of its own instead of recursion: the stretches can be as many as there are lines.
        var pending = [(0..<old.count, 0..<new.count)]
        while let (oldRange, newRange) = pending.popLast() {
            var (a, b) = (oldRange, newRange)
            while let x = a.first, let y = b.first, old[x] == new[y] {
                a = (x + 1)..<a.upperBound
                b = (y + 1)..<b.upperBound
            }
            while let x = a.last, let y = b.last, old[x] == new[y] {
                a = a.lowerBound..<x
                b = b.lowerBound..<y
            }
            if a.isEmpty {
                for line in b { isInserted[line] = true }
            } else if b.isEmpty {
                for line in a { isDeleted[line] = true }
            } else if let (x, y) = middle(a, b), (x, y) != (a.lowerBound, b.lowerBound),
                (x, y) != (a.upperBound, b.upperBound)
            {
                pending.append((x..<a.upperBound, y..<b.upperBound))
                pending.append((a.lowerBound..<x, b.lowerBound..<y))
            } else {
                for line in a { isDeleted[line] = true }
                for line in b { isInserted[line] = true }
            }
        }
    }

    /// A point on a shortest path, where the search from the start meets that from the end.
    private mutating func middle(_ a: Range<Int>, _ b: Range<Int>) -> (Int, Int)? {
        let startDiagonal = a.lowerBound - b.lowerBound
        let endDiagonal = a.upperBound - b.upperBound
        let isOdd = (startDiagonal - endDiagonal) & 1 != 0
        let least = a.lowerBound - b.upperBound
        let most = a.upperBound - b.lowerBound
        var (fromLow, fromHigh) = (startDiagonal, startDiagonal)
        var (toLow, toHigh) = (endDiagonal, endDiagonal)
        forward[origin + startDiagonal] = a.lowerBound
        backward[origin + endDiagonal] = a.upperBound
        for _ in 0..<Self.maximumCost {
            if fromLow > least { fromLow -= 1; forward[origin + fromLow - 1] = -1 } else { fromLow += 1 }
            if fromHigh < most { fromHigh += 1; forward[origin + fromHigh + 1] = -1 } else { fromHigh -= 1 }
            for diagonal in stride(from: fromHigh, through: fromLow, by: -2) {
                let below = forward[origin + diagonal - 1]
                let above = forward[origin + diagonal + 1]
                var x = below >= above ? below + 1 : above
                while x < a.upperBound, x - diagonal < b.upperBound, x - diagonal >= b.lowerBound,
                    old[x] == new[x - diagonal]
                {
                    x += 1
                }
                forward[origin + diagonal] = x
                if isOdd, toLow <= diagonal, diagonal <= toHigh, backward[origin + diagonal] <= x {
                    return valid(x, x - diagonal, a, b)
                }
            }
            if toLow > least { toLow -= 1; backward[origin + toLow - 1] = Self.unreached } else { toLow += 1 }
            if toHigh < most { toHigh += 1; backward[origin + toHigh + 1] = Self.unreached } else { toHigh -= 1 }
            for diagonal in stride(from: toHigh, through: toLow, by: -2) {
                let below = backward[origin + diagonal - 1]
                let above = backward[origin + diagonal + 1]
                var x = below < above ? below : above - 1
                while x > a.lowerBound, x - diagonal > b.lowerBound, x - diagonal <= b.upperBound, x <= a.upperBound,
                    old[x - 1] == new[x - diagonal - 1]
                {
                    x -= 1
                }
                backward[origin + diagonal] = x
                if !isOdd, fromLow <= diagonal, diagonal <= fromHigh, x <= forward[origin + diagonal] {
                    return valid(x, x - diagonal, a, b)
                }
            }
        }
        return nil
    }

    private func valid(_ x: Int, _ y: Int, _ a: Range<Int>, _ b: Range<Int>) -> (Int, Int)? {
        x >= a.lowerBound && x <= a.upperBound && y >= b.lowerBound && y <= b.upperBound ? (x, y) : nil
    }

    func changes() -> [LineDifference.Change] {
        var out: [LineDifference.Change] = []
        var (x, y) = (0, 0)
        while x < old.count || y < new.count {
            let (oldStart, newStart) = (x, y)
            while x < old.count, isDeleted[x] { x += 1 }
            while y < new.count, isInserted[y] { y += 1 }
            if x > oldStart || y > newStart {
                out.append(LineDifference.Change(old: oldStart..<x, new: newStart..<y))
            } else {
                x += 1
                y += 1
            }
        }
        return out
    }
}
