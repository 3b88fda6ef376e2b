/// The methods of strings that look at letters: their case and their classes.
enum CaseMethods {
    static let all = [
        HostFunction("capitalize") { call in
            try call.none()
            return try call.result(
                try mapped(call) { index, scalar in
                    index == 0 ? SimpleCase.title(scalar) : SimpleCase.lower(scalar)
                })
        },
        HostFunction("isalnum") { call in try every(call) { SimpleCase.isLetter($0) || SimpleCase.isDigit($0) } },
        HostFunction("isalpha") { call in try every(call, SimpleCase.isLetter) },
        HostFunction("isdigit") { call in try every(call, SimpleCase.isDigit) },
        HostFunction("isspace") { call in try every(call, SimpleCase.isSpace) },
        HostFunction("islower") { call in try isUnchanged(call, by: SimpleCase.lower) },
        HostFunction("isupper") { call in try isUnchanged(call, by: SimpleCase.upper) },
        HostFunction("istitle", body: isTitle),
        HostFunction("lower") { call in
            try call.none()
            return try call.result(try mapped(call) { _, scalar in SimpleCase.lower(scalar) })
        },
        HostFunction("title") { call in
            try call.none()
            var followsCased = false
            return try call.result(
                try mapped(call) { _, scalar in
                    let result = followsCased ? SimpleCase.lower(scalar) : SimpleCase.title(scalar)
                    followsCased = SimpleCase.isCased(result)
                    return result
                })
        },
        HostFunction("upper") { call in
            try call.none()
            return try call.result(try mapped(call) { _, scalar in SimpleCase.upper(scalar) })
        },
    ]

    /// Whether the string is not empty and each of its code points passes.
    private static func every(
        _ call: HostCall, _ passes: (Unicode.Scalar) -> Bool
    ) throws(EvaluationError) -> Value {
        try call.none()
        let content = try call.text()
        var doAll = !content.isEmpty
        try call.forEachCodePoint(of: content) { (point) throws(EvaluationError) in
            doAll = passes(point.scalar)
            return doAll
        }
        return .bool(doAll)
    }

    /// Whether the string has cased letters and is its own image. A byte that is no UTF-8 is none of its own: mapping
    /// replaces it.
    private static func isUnchanged(
        _ call: HostCall, by map: (Unicode.Scalar) -> Unicode.Scalar
    ) throws(EvaluationError) -> Value {
        try call.none()
        var sawCased = false
        var isUnchanged = true
        try call.forEachCodePoint(of: try call.text()) { (point) throws(EvaluationError) in
            if SimpleCase.isCased(point.scalar) { sawCased = true }
            isUnchanged = point.isValid && map(point.scalar) == point.scalar
            return isUnchanged
        }
        return .bool(sawCased && isUnchanged)
    }

    /// Every code point mapped; what is no UTF-8 becomes U+FFFD, byte by byte.
    private static func mapped(
        _ call: HostCall, _ transform: (Int, Unicode.Scalar) -> Unicode.Scalar
    ) throws(EvaluationError) -> ByteString {
        let content = try call.text()
        var index = 0
        var output = ByteString([])
        output.bytes.reserveCapacity(content.count)
        try call.forEachCodePoint(of: content) { (point) throws(EvaluationError) in
            output.append(transform(index, point.scalar))
            index += 1
            return true
        }
        return output
    }

    /// Upper case only where no cased letter precedes, lower case only where one does.
    private static func isTitle(_ call: HostCall) throws(EvaluationError) -> Value {
        try call.none()
        var sawCased = false
        var followsCased = false
        var isTitle = true
        try call.forEachCodePoint(of: try call.text()) { (point) throws(EvaluationError) in
            let scalar = point.scalar
            switch scalar.properties.generalCategory {
            case .titlecaseLetter: isTitle = !followsCased
            // As starlark-go has it, only ASCII capitals count as title case.
            case .uppercaseLetter: isTitle = !followsCased && scalar.isASCII
            case .lowercaseLetter: isTitle = followsCased
            default:
                followsCased = false
                return true
            }
            followsCased = true
            sawCased = true
            return isTitle
        }
        return .bool(sawCased && isTitle)
    }
}

/// Unicode's simple case mappings and classes, one code point to one, as Go's `unicode` package has them.
///
/// Swift's properties give the full mappings only. Where the full mapping is a single code point, it is the simple one
/// too. `Tests/Starlark/test_code_points.py` holds the result against starlark-go for every code point.
enum SimpleCase {
    static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
        }
        // "İ" alone has several: "i" and the dot as a combining mark. Its simple mapping is the first.
        return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }

    static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) & ~0x20) : scalar
        }
        // "ᾳ" is "ΑΙ" in full, and simply "ᾼ", which is its title case; others, such as "ß", have no simple mapping.
        return single(scalar.properties.uppercaseMapping) ?? title(scalar)
    }

    static func title(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.isASCII ? upper(scalar) : single(scalar.properties.titlecaseMapping) ?? scalar
    }

    /// Whether another code point differs from this one only by its case: whether `unicode.SimpleFold` changes it.
    static func isCased(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z": true
        // "ẞ" alone maps to this one, which maps to nothing itself.
        case "ß": true
        // Only Turkish folds these, to "i" and "I".
        case "İ", "ı": false
        default: lower(scalar) != scalar || upper(scalar) != scalar
        }
    }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ("0"..."9").contains(scalar) }
        return scalar.properties.generalCategory == .decimalNumber
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0: true
        case 0...0xFF: false
        default: scalar.properties.isWhitespace
        }
    }

    /// A mapping to one code point; nil if it has several.
    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        let isSingle = !scalars.isEmpty && scalars.index(after: scalars.startIndex) == scalars.endIndex
        return isSingle ? scalars.first : nil
    }
}
