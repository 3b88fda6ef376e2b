/// The lines of two texts side by side: "-" is expected and missing, "+" is there and not expected.
package func lineDifference(expected: String, actual: String) -> String {
    func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
    }
    let old = lines(expected)
    let new = lines(actual)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
    }
    var result: [String] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
        if oldIndex < old.count, removed.contains(oldIndex) {
            result.append("- " + old[oldIndex])
            oldIndex += 1
        } else if newIndex < new.count, inserted.contains(newIndex) {
            result.append("+ " + new[newIndex])
            newIndex += 1
        } else if oldIndex < old.count {
            result.append("  " + old[oldIndex])
            oldIndex += 1
            newIndex += 1
        } else {
            break
        }
    }
    return result.joined(separator: "\n")
}
