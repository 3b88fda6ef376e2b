import EnvdSyntax

extension CheckedFile {
    /// The chunks whose types a chunk can ask for: those that alone bind what it mentions, itself left out.
    func neighbours(of record: ChunkRecord) -> [ChunkRecord] {
        var found: [ChunkRecord] = []
        for mention in record.summary.mentions {
            let binders = names.binders(of: mention.symbol)
            if binders.count == 1, binders[0] !== record { found.append(binders[0]) }
        }
        return found
    }

    /// Gives each chunk its rank: behind all chunks that it depends on, but for those that depend on it too.
    ///
    /// Tarjan's algorithm, with a stack of its own.
    ///
    /// - Returns: the chunks that are now in another circle than before.
    @discardableResult
    func order() -> [ChunkRecord] {
        let count = records.count
        var number = [Int32](repeating: -1, count: count)
        var low = [Int32](repeating: 0, count: count)
        var isOnStack = [Bool](repeating: false, count: count)
        var stack: [Int] = []
        var frames: [(record: Int, neighbours: [ChunkRecord], next: Int)] = []
        var changed: [ChunkRecord] = []
        var (next, rank) = (Int32(0), 0)

        func enter(_ record: Int) {
            number[record] = next
            low[record] = next
            next += 1
            stack.append(record)
            isOnStack[record] = true
            frames.append((record, neighbours(of: records[record]), 0))
        }
        func leave(_ record: Int) {
            guard low[record] == number[record] else { return }
            var members: [ChunkRecord] = []
            while let member = stack.popLast() {
                isOnStack[member] = false
                members.append(records[member])
                if member == record { break }
            }
            var cycle = 0
            if members.count > 1 {
                var hasher = Hasher()
                for member in members.sorted(by: { $0.ordinal < $1.ordinal }) { hasher.combine(member) }
                cycle = hasher.finalize() | 1
            }
            for member in members.sorted(by: { $0.ordinal < $1.ordinal }) {
                if member.cycle != cycle { changed.append(member) }
                member.cycle = cycle
                member.rank = rank
                rank += 1
            }
        }
        for root in 0..<count where number[root] < 0 {
            enter(root)
            while let frame = frames.last {
                if frame.next < frame.neighbours.count {
                    frames[frames.count - 1].next += 1
                    let other = frame.neighbours[frame.next].ordinal
                    if number[other] < 0 {
                        enter(other)
                    } else if isOnStack[other] {
                        low[frame.record] = min(low[frame.record], number[other])
                    }
                } else {
                    frames.removeLast()
                    if let outer = frames.last {
                        low[outer.record] = min(low[outer.record], low[frame.record])
                    }
                    leave(frame.record)
                }
            }
        }
        for record in changed where record.cycle != 0 { declare(record) }
        return changed
    }

    /// Keeps what the headers of a chunk's functions say of their types, for chunks of the same circle.
    func declare(_ record: ChunkRecord) {
        record.declarations = TypeChecker(RuleContext(record, in: self)).declarations()
    }
}
