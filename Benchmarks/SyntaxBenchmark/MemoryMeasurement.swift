import EnvdSyntax

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

struct MemoryResult: Encodable {
    var sourceBytes: Int
    /// Bytes by the trees' own account, their texts included.
    var accounted: Int
    /// How many bytes the process's resident memory grew while the trees were made; nil where it cannot be known.
    var residentGrowth: Int?
}

/// Holds the trees of all files at once, in a process that has parsed nothing before.
func measureMemory(_ sources: [[UInt8]]) -> MemoryResult {
    var trees: [SourceFile] = []
    trees.reserveCapacity(sources.count)
    let before = residentBytes()
    for source in sources { trees.append(SourceFile(bytes: source)) }
    let after = residentBytes()
    let growth: Int? = if let before, let after { after - before } else { nil }
    return MemoryResult(
        sourceBytes: sources.reduce(0) { $0 + $1.count },
        accounted: trees.reduce(0) { $0 + $1.memoryFootprint },
        residentGrowth: growth)
}

/// The resident pages of this process, from the second field of `/proc/self/statm` (proc(5)).
private func residentBytes() -> Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, CInt(line.count), file) != nil else { return nil }
    let fields = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
    return pages * sysconf(CInt(_SC_PAGESIZE))
}
