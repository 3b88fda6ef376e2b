/// An integer of any size: a sign and a magnitude in 64-bit limbs, least significant first, without leading zeros.
///
/// Schoolbook algorithms throughout: `Limits.integerBits` keeps operands to a few thousand limbs.
struct BigInteger: Hashable, Sendable {
    private(set) var magnitude: [UInt]
    private(set) var isNegative: Bool

    init(magnitude: [UInt], isNegative: Bool) {
        self.magnitude = magnitude
        while self.magnitude.last == 0 { self.magnitude.removeLast() }
        self.isNegative = isNegative && !self.magnitude.isEmpty
    }

    init(_ value: Int) {
        self.init(magnitude: [value.magnitude], isNegative: value < 0)
    }

    var isZero: Bool { magnitude.isEmpty }

    /// The number of bits of the magnitude.
    var bitWidth: Int {
        guard let top = magnitude.last else { return 0 }
        return magnitude.count * 64 - top.leadingZeroBitCount
    }

    /// The value as `Int`, if it fits.
    var small: Int? {
        switch magnitude.count {
        case 0:
            return 0
        case 1:
            if isNegative {
                return magnitude[0] <= UInt(1) << 63 ? Int(truncatingIfNeeded: 0 &- magnitude[0]) : nil
            }
            return Int(exactly: magnitude[0])
        default:
            return nil
        }
    }

    var negated: BigInteger { BigInteger(magnitude: magnitude, isNegative: !isNegative) }

    /// The integer part of a finite number.
    init(truncating number: Double) {
        let whole = number.rounded(.towardZero)
        guard whole != 0, whole.isFinite else {
            self.init(0)
            return
        }
        let significand = whole.significandBitPattern | (UInt64(1) << 52)
        let shift = Int(whole.exponent) - 52
        let base = BigInteger(magnitude: [UInt(significand)], isNegative: false)
        let value = shift >= 0 ? base.shiftedLeft(shift) : base.shiftedRight(-shift)
        self.init(magnitude: value.magnitude, isNegative: whole < 0)
    }

    /// The nearest `Double`, ties to even; infinite when out of range.
    var double: Double {
        let width = bitWidth
        guard width > 64 else {
            let value = Double(magnitude.first ?? 0)
            return isNegative ? -value : value
        }
        guard width <= 1024 else { return isNegative ? -Double.infinity : Double.infinity }
        let shift = width - 64
        // The top 64 bits, the last of them sticky: it tells the rounding whether anything follows.
        let top = BigInteger(magnitude: magnitude, isNegative: false).shiftedRight(shift)
        var bits = top.magnitude[0]
        let isExact = top.shiftedLeft(shift).magnitude == magnitude
        if !isExact { bits |= 1 }
        let value = Double(sign: .plus, exponent: shift, significand: 1) * Double(bits)
        return isNegative ? -value : value
    }
}

// MARK: - Comparison

extension BigInteger: Comparable {
    static func < (left: BigInteger, right: BigInteger) -> Bool {
        left.compared(to: right) < 0
    }

    /// Less than, equal to or greater than zero.
    func compared(to other: BigInteger) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let order = BigInteger.compareMagnitudes(magnitude, other.magnitude)
        return isNegative ? -order : order
    }

    private static func compareMagnitudes(_ left: [UInt], _ right: [UInt]) -> Int {
        if left.count != right.count { return left.count < right.count ? -1 : 1 }
        for index in left.indices.reversed() where left[index] != right[index] {
            return left[index] < right[index] ? -1 : 1
        }
        return 0
    }
}

// MARK: - Arithmetic

extension BigInteger {
    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(magnitude: sum(left.magnitude, right.magnitude), isNegative: left.isNegative)
        }
        if compareMagnitudes(left.magnitude, right.magnitude) >= 0 {
            return BigInteger(magnitude: difference(left.magnitude, right.magnitude), isNegative: left.isNegative)
        }
        return BigInteger(magnitude: difference(right.magnitude, left.magnitude), isNegative: right.isNegative)
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger {
        left + right.negated
    }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isZero || right.isZero { return BigInteger(0) }
        var product = [UInt](repeating: 0, count: left.magnitude.count + right.magnitude.count)
        for (row, factor) in left.magnitude.enumerated() {
            var carry: UInt = 0
            for (column, other) in right.magnitude.enumerated() {
                let (high, low) = factor.multipliedFullWidth(by: other)
                let (first, overflow1) = low.addingReportingOverflow(carry)
                let (second, overflow2) = product[row + column].addingReportingOverflow(first)
                product[row + column] = second
                carry = high &+ (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
            }
            product[row + right.magnitude.count] = carry
        }
        return BigInteger(magnitude: product, isNegative: left.isNegative != right.isNegative)
    }

    /// The quotient rounded towards negative infinity, and the remainder with the sign of the divisor.
    ///
    /// - Precondition: the divisor is not zero; the caller has reported that.
    func flooredDivision(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        let (magnitudeQuotient, magnitudeRemainder) = BigInteger.divide(magnitude, divisor.magnitude)
        let quotient = BigInteger(magnitude: magnitudeQuotient, isNegative: isNegative != divisor.isNegative)
        let remainder = BigInteger(magnitude: magnitudeRemainder, isNegative: isNegative)
        if !remainder.isZero, isNegative != divisor.isNegative {
            return (quotient - BigInteger(1), remainder + divisor)
        }
        return (quotient, remainder)
    }

    private static func sum(_ left: [UInt], _ right: [UInt]) -> [UInt] {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        var result = long
        var carry: UInt = 0
        for index in long.indices {
            let (first, overflow1) = long[index].addingReportingOverflow(index < short.count ? short[index] : 0)
            let (second, overflow2) = first.addingReportingOverflow(carry)
            result[index] = second
            carry = (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
        }
        if carry > 0 { result.append(carry) }
        return result
    }

    /// `left - right`, where `left` is not the smaller one.
    private static func difference(_ left: [UInt], _ right: [UInt]) -> [UInt] {
        var result = left
        var borrow: UInt = 0
        for index in left.indices {
            let subtrahend = index < right.count ? right[index] : 0
            let (first, overflow1) = left[index].subtractingReportingOverflow(subtrahend)
            let (second, overflow2) = first.subtractingReportingOverflow(borrow)
            result[index] = second
            borrow = (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
        }
        return result
    }

    private static func divide(_ magnitude: [UInt], bySmall divisor: UInt) -> (quotient: [UInt], remainder: UInt) {
        var quotient = magnitude
        var remainder: UInt = 0
        for index in magnitude.indices.reversed() {
            (quotient[index], remainder) = divisor.dividingFullWidth((remainder, magnitude[index]))
        }
        return (quotient, remainder)
    }

    /// Knuth's algorithm D (The Art of Computer Programming, volume 2, section 4.3.1).
    private static func divide(_ dividend: [UInt], _ divisor: [UInt]) -> (quotient: [UInt], remainder: [UInt]) {
        if compareMagnitudes(dividend, divisor) < 0 { return ([], dividend) }
        if divisor.count == 1 {
            let (quotient, remainder) = divide(dividend, bySmall: divisor[0])
            return (quotient, [remainder])
        }
        let shift = divisor[divisor.count - 1].leadingZeroBitCount
        let normalized = BigInteger(magnitude: divisor, isNegative: false).shiftedLeft(shift).magnitude
        var rest = BigInteger(magnitude: dividend, isNegative: false).shiftedLeft(shift).magnitude
        while rest.count <= dividend.count { rest.append(0) }
        let size = normalized.count
        let top = normalized[size - 1]
        let second = normalized[size - 2]
        var quotient = [UInt](repeating: 0, count: rest.count - size)

        for position in quotient.indices.reversed() {
            let high = rest[position + size]
            var estimate: UInt
            var estimateRest: UInt
            var restOverflowed: Bool
            if high >= top {
                estimate = .max
                (estimateRest, restOverflowed) = rest[position + size - 1].addingReportingOverflow(top)
            } else {
                (estimate, estimateRest) = top.dividingFullWidth((high, rest[position + size - 1]))
                restOverflowed = false
            }
            while !restOverflowed {
                let product = estimate.multipliedFullWidth(by: second)
                let limit = (high: estimateRest, low: rest[position + size - 2])
                if product.high < limit.high || (product.high == limit.high && product.low <= limit.low) { break }
                estimate -= 1
                (estimateRest, restOverflowed) = estimateRest.addingReportingOverflow(top)
            }
            var borrow: UInt = 0
            var carry: UInt = 0
            for index in 0..<size {
                let (productHigh, productLow) = estimate.multipliedFullWidth(by: normalized[index])
                let (low, lowOverflow) = productLow.addingReportingOverflow(carry)
                carry = productHigh &+ (lowOverflow ? 1 : 0)
                let (first, overflow1) = rest[position + index].subtractingReportingOverflow(low)
                let (value, overflow2) = first.subtractingReportingOverflow(borrow)
                rest[position + index] = value
                borrow = (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
            }
            let (first, overflow1) = rest[position + size].subtractingReportingOverflow(carry)
            let (value, overflow2) = first.subtractingReportingOverflow(borrow)
            rest[position + size] = value
            if overflow1 || overflow2 {
                // The estimate was one too large.
                estimate -= 1
                var carry: UInt = 0
                for index in 0..<size {
                    let (first, overflow1) = rest[position + index].addingReportingOverflow(normalized[index])
                    let (value, overflow2) = first.addingReportingOverflow(carry)
                    rest[position + index] = value
                    carry = (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
                }
                rest[position + size] = rest[position + size] &+ carry
            }
            quotient[position] = estimate
        }
        let remainder = BigInteger(magnitude: Array(rest[0..<size]), isNegative: false).shiftedRight(shift)
        return (quotient, remainder.magnitude)
    }
}

// MARK: - Bits

extension BigInteger {
    func shiftedLeft(_ count: Int) -> BigInteger {
        let (limbs, bits) = count.quotientAndRemainder(dividingBy: 64)
        var result = [UInt](repeating: 0, count: limbs)
        result.reserveCapacity(limbs + magnitude.count + 1)
        var carry: UInt = 0
        for limb in magnitude {
            result.append((limb << UInt(bits)) | carry)
            carry = bits == 0 ? 0 : limb >> UInt(64 - bits)
        }
        result.append(carry)
        return BigInteger(magnitude: result, isNegative: isNegative)
    }

    /// Shifts right, rounding towards negative infinity as two's complement does.
    func shiftedRight(_ count: Int) -> BigInteger {
        let (limbs, bits) = count.quotientAndRemainder(dividingBy: 64)
        guard limbs < magnitude.count else { return BigInteger(isNegative ? -1 : 0) }
        var result: [UInt] = []
        for index in limbs..<magnitude.count {
            let high = index + 1 < magnitude.count ? magnitude[index + 1] : 0
            result.append((magnitude[index] >> UInt(bits)) | (bits == 0 ? 0 : high << UInt(64 - bits)))
        }
        let truncated = BigInteger(magnitude: result, isNegative: isNegative)
        guard isNegative else { return truncated }
        var lost = magnitude[0..<limbs].contains { $0 != 0 }
        if bits > 0, magnitude[limbs] & ((UInt(1) << UInt(bits)) - 1) != 0 { lost = true }
        return lost ? truncated - BigInteger(1) : truncated
    }

    /// Applies a bitwise operation to the infinite two's complement representations.
    static func bitwise(
        _ left: BigInteger, _ right: BigInteger, _ operation: (UInt, UInt) -> UInt
    ) -> BigInteger {
        let count = max(left.magnitude.count, right.magnitude.count) + 1
        let leftLimbs = left.twosComplement(count)
        let rightLimbs = right.twosComplement(count)
        var result = [UInt](repeating: 0, count: count)
        for index in 0..<count {
            result[index] = operation(leftLimbs[index], rightLimbs[index])
        }
        guard result[count - 1] >> 63 == 1 else { return BigInteger(magnitude: result, isNegative: false) }
        return BigInteger(magnitude: complementPlusOne(result), isNegative: true)
    }

    /// `~self`, which is `-self - 1`.
    var complement: BigInteger { negated - BigInteger(1) }

    private func twosComplement(_ count: Int) -> [UInt] {
        let padded = magnitude + [UInt](repeating: 0, count: count - magnitude.count)
        return isNegative ? BigInteger.complementPlusOne(padded) : padded
    }

    private static func complementPlusOne(_ limbs: [UInt]) -> [UInt] {
        var result = limbs
        var carry = true
        for index in limbs.indices {
            let (value, overflow) = (~limbs[index]).addingReportingOverflow(carry ? 1 : 0)
            result[index] = value
            carry = overflow
        }
        return result
    }
}

// MARK: - Text

extension BigInteger {
    /// The digits of a number without sign or prefix; nil if there are none or one is not of the radix (2 to 36).
    init?(digits: some Sequence<UInt8>, radix: UInt) {
        // As many digits at once as a limb holds make reading long numbers tolerable.
        var magnitude: [UInt] = []
        var chunk: UInt = 0
        var scale: UInt = 1
        var isEmpty = true
        func flush() {
            var carry = chunk
            for index in magnitude.indices {
                let (high, low) = magnitude[index].multipliedFullWidth(by: scale)
                let (value, overflow) = low.addingReportingOverflow(carry)
                magnitude[index] = value
                carry = high &+ (overflow ? 1 : 0)
            }
            if carry > 0 { magnitude.append(carry) }
            chunk = 0
            scale = 1
        }
        for byte in digits {
            let digit: UInt
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = UInt(byte - UInt8(ascii: "a")) + 10
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = UInt(byte - UInt8(ascii: "A")) + 10
            default: return nil
            }
            guard digit < radix else { return nil }
            isEmpty = false
            chunk = chunk * radix + digit
            scale *= radix
            if scale > UInt.max / (radix * radix) { flush() }
        }
        if isEmpty { return nil }
        flush()
        self.init(magnitude: magnitude, isNegative: false)
    }

    var decimal: String { text(radix: 10) }

    /// The number with a minus sign if negative and without a prefix, in lower case.
    func text(radix: UInt) -> String {
        if isZero { return "0" }
        var chunkDigits = 1
        var chunkScale = radix
        while chunkScale <= UInt.max / radix / radix {
            chunkScale *= radix
            chunkDigits += 1
        }
        var rest = magnitude
        var chunks: [UInt] = []
        while !rest.isEmpty {
            let (quotient, remainder) = BigInteger.divide(rest, bySmall: chunkScale)
            chunks.append(remainder)
            rest = quotient
            while rest.last == 0 { rest.removeLast() }
        }
        var result = isNegative ? "-" : ""
        for (index, chunk) in chunks.reversed().enumerated() {
            let digits = String(chunk, radix: Int(radix))
            if index > 0 {
                result += String(repeating: "0", count: chunkDigits - digits.utf8.count)
            }
            result += digits
        }
        return result
    }
}
