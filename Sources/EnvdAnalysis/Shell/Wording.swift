/// `a`, `b` and `c`: at most four of them.
func joined(_ names: [String]) -> String {
    let shown = names.prefix(names.count > 4 ? 3 : 4).map { "'\($0)'" }
    if names.count > 4 { return shown.joined(separator: ", ") + " and \(names.count - 3) more" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
}
