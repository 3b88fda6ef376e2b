import Starlark

/// Says how two values differ: shortly if both are short, else where.
///
///     [1, 2, 3, …] != [1, 2, 4, …]
///       at [2]: 3 != 4
///       only on the left: [9]: 10
struct ValueDifference {
    let operators: Operators
    let evaluation: Evaluation

    /// Two values that take no more characters than this together are shown whole, without saying where.
    private static let shortLength = 72
    private static let maximumLines = 12
    /// Deeper within the values a difference is shown as a whole.
    private static let maximumDepth = 16

    func describe(_ left: Value, _ right: Value) throws(EvaluationError) -> String {
        let leftText = try left.represented(in: evaluation)
        let rightText = try right.represented(in: evaluation)
        if let lines = Self.textDifference(left, right) {
            return (["the strings differ (- left, + right)"] + lines.map { "  " + $0 }).joined(separator: "\n")
        }
        let headline = "\(Self.shortened(leftText, to: 200)) != \(Self.shortened(rightText, to: 200))"
        if leftText.utf8.count + rightText.utf8.count <= Self.shortLength { return headline }
        var places = Places()
        try compare(left, right, at: "", depth: 0, &places)
        if places.hidden > 0 { places.lines.append("… and \(places.hidden) more") }
        return ([headline] + places.lines.map { "  " + $0 }).joined(separator: "\n")
    }

    /// The first characters of a text that is too long.
    static func shortened(_ text: String, to length: Int) -> String {
        text.utf8.count <= length ? text : text.prefix(length) + "…"
    }

    // MARK: - Where

    /// The places found so far, those beyond the largest number only counted.
    private struct Places {
        var lines: [String] = []
        var hidden = 0

        mutating func add(_ line: String) {
            if lines.count < maximumLines { lines.append(line) } else { hidden += 1 }
        }
    }

    private func compare(
        _ left: Value, _ right: Value, at path: String, depth: Int, _ places: inout Places
    ) throws(EvaluationError) {
        // What is not shown need not be found.
        if places.hidden > 0 { return }
        if depth < Self.maximumDepth {
            if left.isList && right.isList || left.isTuple && right.isTuple,
                let leftElements = left.asSequence, let rightElements = right.asSequence
            {
                return try compare(leftElements, rightElements, at: path, depth: depth, &places)
            }
            if left.typeName == right.typeName, left.typeName == "dict" || left.typeName == "set" {
                return try compareKeys(left, right, at: path, depth: depth, &places)
            }
            if let leftFields = left.asFields, let rightFields = right.asFields {
                return try compare(fields: leftFields, rightFields, at: path, depth: depth, &places)
            }
        }
        let place = path.isEmpty ? "" : "at \(path): "
        if let lines = Self.textDifference(left, right) {
            places.add(place + "the strings differ (- left, + right)")
            places.lines += lines.map { "  " + $0 }
        } else if path.isEmpty {
            places.add("left is of type \(left.typeName), right of type \(right.typeName)")
        } else {
            places.add("\(place)\(try shown(left)) != \(try shown(right))")
        }
    }

    private func compare(
        _ left: [Value], _ right: [Value], at path: String, depth: Int, _ places: inout Places
    ) throws(EvaluationError) {
        for index in 0..<min(left.count, right.count) {
            if try operators.equal(left[index], right[index], in: evaluation) { continue }
            try compare(left[index], right[index], at: "\(path)[\(index)]", depth: depth + 1, &places)
        }
        for (side, longer, shorter) in [("left", left, right), ("right", right, left)] {
            for index in longer.indices.dropFirst(shorter.count) {
                places.add("only on the \(side): \(path)[\(index)]: \(try shown(longer[index]))")
            }
        }
    }

    /// Dicts or sets.
    private func compareKeys(
        _ left: Value, _ right: Value, at path: String, depth: Int, _ places: inout Places
    ) throws(EvaluationError) {
        let areDicts = left.typeName == "dict"
        if areDicts {
            for key in try operators.keysOfBoth(left, right, in: evaluation) {
                let leftValue = try operators.lookup(left, key, in: evaluation)
                let rightValue = try operators.lookup(right, key, in: evaluation)
                if try operators.equal(leftValue, rightValue, in: evaluation) { continue }
                try compare(leftValue, rightValue, at: "\(path)[\(try shown(key))]", depth: depth + 1, &places)
            }
        }
        for (side, one, other) in [("left", left, right), ("right", right, left)] {
            for key in try operators.keysOfFirst(one, other, in: evaluation) {
                let value = areDicts ? ": \(try shown(operators.lookup(one, key, in: evaluation)))" : ""
                places.add("only on the \(side): \(path)[\(try shown(key))]\(value)")
            }
        }
    }

    private func compare(
        fields left: [(name: String, value: Value)], _ right: [(name: String, value: Value)], at path: String,
        depth: Int, _ places: inout Places
    ) throws(EvaluationError) {
        for (name, value) in left {
            guard let other = right.first(where: { $0.name == name })?.value else {
                places.add("only on the left: \(path).\(name): \(try shown(value))")
                continue
            }
            if try operators.equal(value, other, in: evaluation) { continue }
            try compare(value, other, at: "\(path).\(name)", depth: depth + 1, &places)
        }
        for (name, value) in right where !left.contains(where: { $0.name == name }) {
            places.add("only on the right: \(path).\(name): \(try shown(value))")
        }
    }

    private func shown(_ value: Value) throws(EvaluationError) -> String {
        Self.shortened(try value.represented(in: evaluation), to: 60)
    }

    /// Two strings line by line, if that says more than printing them.
    private static func textDifference(_ left: Value, _ right: Value) -> [String]? {
        guard let left = left.asString, let right = right.asString else { return nil }
        let isLong = left.utf8.count + right.utf8.count > shortLength
        guard isLong || left.utf8.contains(UInt8(ascii: "\n")) || right.utf8.contains(UInt8(ascii: "\n")) else {
            return nil
        }
        return LineComparison(left, right).lines
    }
}
