// Numbers. Letters and digits that follow a number directly are part of its token, so that `10L` or `1_000` is one
// finding instead of a cascade.

extension ChunkParser {
    mutating func lexNumber(at start: Int) {
        var at = start
        var isFloat = false
        var hasExponent = false
        var problem: SyntaxDiagnosticCode?
        let lower = text[start + 1] | 0x20
        if text[start] == UInt8(ascii: "0"),
            lower == UInt8(ascii: "x") || lower == UInt8(ascii: "o") || lower == UInt8(ascii: "b")
        {
            at = start + 2
            let base: UInt8 = lower == UInt8(ascii: "x") ? 16 : lower == UInt8(ascii: "o") ? 8 : 2
            while isDigit(text[at], base: base) { at += 1 }
            if at == start + 2 { problem = .invalidNumber }
        } else {
            at = skipDigits(from: at)
            var hasOnlyZeros = true
            var hasOnlyOctals = true
            for place in start..<at {
                hasOnlyZeros = hasOnlyZeros && text[place] == UInt8(ascii: "0")
                hasOnlyOctals = hasOnlyOctals && text[place] < UInt8(ascii: "8")
            }
            let isOldOctal = text[start] == UInt8(ascii: "0") && !hasOnlyZeros && hasOnlyOctals
            // "08" has no reading at all: neither decimal nor octal.
            let isInvalid = text[start] == UInt8(ascii: "0") && !hasOnlyOctals
            if text[at] == UInt8(ascii: ".") {
                isFloat = true
                at = skipDigits(from: at + 1)
            }
            if text[at] | 0x20 == UInt8(ascii: "e") {
                var exponent = at + 1
                if text[exponent] == UInt8(ascii: "+") || text[exponent] == UInt8(ascii: "-") { exponent += 1 }
                let digits = skipDigits(from: exponent)
                if digits > exponent {
                    isFloat = true
                    hasExponent = true
                    at = digits
                }
            }
            if !isFloat, isOldOctal { problem = .oldOctal }
            if !isFloat, isInvalid { problem = .invalidNumber }
        }
        // "1if x else 2" is well formed: a keyword may follow a number directly, but for one that begins like an exponent.
        let mayBeKeyword = hasExponent || text[at] | 0x20 != UInt8(ascii: "e")
        if classes[Int(text[at])] & ByteClass.continuesName != 0, !(mayBeKeyword && peekWord(at: at).followsOperand) {
            let suffixStart = at
            while classes[Int(text[at])] & ByteClass.continuesName != 0 { at += 1 }
            let suffix = text[suffixStart] | 0x20
            let isSuffix = at == suffixStart + 1 && (suffix == UInt8(ascii: "l") || suffix == UInt8(ascii: "j"))
            problem = isSuffix || text[suffixStart] == UInt8(ascii: "_") ? .foreignNumberSuffix : .invalidNumber
        }
        position = at
        if problem == nil, isFloat,
            !NumberLiteral.isFiniteFloat(UnsafeBufferPointer(start: text + start, count: at - start))
        {
            problem = .invalidNumber
        }
        if let problem { report(problem, from: start, length: at - start) }
        append(isFloat ? .float : .integer, from: start, to: at)
    }

    private func skipDigits(from start: Int) -> Int {
        var at = start
        while text[at] >= UInt8(ascii: "0"), text[at] <= UInt8(ascii: "9") { at += 1 }
        return at
    }

    private func isDigit(_ byte: UInt8, base: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") < base
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): base == 16
        default: false
        }
    }
}
