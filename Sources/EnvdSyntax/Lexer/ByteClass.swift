/// What a byte can begin or continue: one table look-up decides the lexer's next step.
enum ByteClass {
    static let other: UInt8 = 0
    static let blank: UInt8 = 1
    static let lineBreak: UInt8 = 2
    static let name: UInt8 = 3
    static let digit: UInt8 = 4
    static let quote: UInt8 = 5
    static let hash: UInt8 = 6
    static let open: UInt8 = 7
    static let close: UInt8 = 8
    static let single: UInt8 = 9
    static let `operator`: UInt8 = 10
    static let backslash: UInt8 = 11
    static let dot: UInt8 = 12
    static let high: UInt8 = 13

    /// Flags beside the class, which fills the low four bits.
    static let continuesName: UInt8 = 0x10
    /// Ends the fast scan of a string: quotes, backslash, line breaks, NUL.
    static let stopsString: UInt8 = 0x20
    /// Ends the fast scan of a comment: line breaks, NUL.
    static let stopsComment: UInt8 = 0x40
    /// Begins an operand together with the classes name, digit, quote, open and high.
    static let classMask: UInt8 = 0x0F

    /// 256 bytes that live as long as the process: a pointer, since an array would be bounds-checked and counted.
    nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: other, count: 256)
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { table[Int(byte)] = name | continuesName }
        for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = name | continuesName }
        table[Int(UInt8(ascii: "_"))] = name | continuesName
        for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = digit | continuesName }
        for byte in 0x80...0xFF { table[byte] = high }
        for byte in " \t".utf8 { table[Int(byte)] = blank }
        for byte in "\n\r".utf8 { table[Int(byte)] = lineBreak | stopsString | stopsComment }
        for byte in "\"'".utf8 { table[Int(byte)] = quote | stopsString }
        for byte in "([{".utf8 { table[Int(byte)] = open }
        for byte in ")]}".utf8 { table[Int(byte)] = close }
        for byte in ",:;~@?".utf8 { table[Int(byte)] = single }
        for byte in "=<>!+-*/%&|^".utf8 { table[Int(byte)] = `operator` }
        table[Int(UInt8(ascii: "."))] = dot
        table[Int(UInt8(ascii: "#"))] = hash
        table[Int(UInt8(ascii: "\\"))] = backslash | stopsString
        table[0] = other | stopsString | stopsComment
        return UnsafePointer(table)
    }()
}
