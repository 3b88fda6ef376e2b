import EnvdSyntax

extension CheckedFile {
    /// The chunks whose types a chunk can ask for: those that alone bind what it mentions, itself left out.
    private func neighbour(of record: ChunkRecord, at mention: Int) -> ChunkRecord? {
        let binders = names.binders(of: record.summary.mentions[mention].symbol)
        return binders.count == 1 && binders[0] !== record ? binders[0] : nil
    }

    /// Gives each chunk its rank: behind all chunks that it depends on, but for those that depend on it too.
    ///
    /// Tarjan's algorithm, with a stack of its own.
    ///
    /// - Returns: the chunks that are now in another circle than before.
    @discardableResult
    func order() -> [ChunkRecord] {
        let count = records.count
        var number = [Int32](filledWith: -1, count: count)
        var low = [Int32](filledWith: 0, count: count)
        var isOnStack = [Bool](filledWith: false, count: count)
        var stack: [Int] = []
        var frames: [(record: Int, next: Int)] = []
        var changed: [ChunkRecord] = []
        var (next, rank) = (Int32(0), 0)

        func enter(_ record: Int) {
            number[record] = next
            low[record] = next
            next += 1
            stack.append(record)
            isOnStack[record] = true
            frames.append((record, 0))
        }
        func leave(_ record: Int) {
            guard low[record] == number[record] else { return }
            // Nearly all stand alone.
            if stack.last == record {
                stack.removeLast()
                isOnStack[record] = false
                rankMember(records[record], cycle: 0)
                return
            }
            var members: [ChunkRecord] = []
            while let member = stack.popLast() {
                isOnStack[member] = false
                members.append(records[member])
                if member == record { break }
            }
            members.sort { $0.ordinal < $1.ordinal }
            var hasher = Hasher()
            for member in members { hasher.combine(member) }
            let cycle = hasher.finalize() | 1
            for member in members { rankMember(member, cycle: cycle) }
        }
        func rankMember(_ member: ChunkRecord, cycle: Int) {
            if member.cycle != cycle { changed.append(member) }
            member.cycle = cycle
            member.rank = rank
            rank += 1
        }
        for root in 0..<count where number[root] < 0 {
            enter(root)
            while let frame = frames.last {
                if frame.next < records[frame.record].summary.mentions.count {
                    frames[frames.count - 1].next += 1
                    guard let other = neighbour(of: records[frame.record], at: frame.next)?.ordinal else { continue }
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
