#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What doing the same work again and again took, in the form in which `scripts/bench` reads it.
struct Measurement: Encodable {
    /// Nanoseconds of each round, the first, cold one included.
    var rounds: [Int64] = []
    /// What the work came to, the same in every round.
    var result = ""
    /// The most memory that this process had resident at any time; nil where it cannot be known.
    var peakResidentBytes: Int?

    struct Round {
        var duration: Duration
        var result: String
    }

    init(rounds count: Int, _ work: () throws(BenchmarkError) -> Round) throws(BenchmarkError) {
        rounds.reserveCapacity(count)
        for _ in 0..<count {
            let round = try work()
            guard rounds.isEmpty || round.result == result else { throw .inconsistentResult }
            rounds.append(round.duration.wholeNanoseconds)
            result = round.result
        }
        peakResidentBytes = Measurement.peakResidentBytes()
    }

    /// The line `VmHWM` of `/proc/self/status` (proc(5)), which is in KiB. `getrusage` would tell the peak of the
    /// process that started this one if that was higher.
    private static func peakResidentBytes() -> Int? {
        guard let file = fopen("/proc/self/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, CInt(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard text.hasPrefix("VmHWM:") else { continue }
            return Int(text.filter(\.isNumber)).map { $0 << 10 }
        }
        return nil
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
