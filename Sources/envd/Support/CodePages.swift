#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The part of this process's memory that holds its program.
enum CodePages {
    /// Takes all of the program's code out of memory; what is needed again comes back from the system's cache of files at the first
    /// call, a group of pages in a microsecond. For a process that lives on after a start that took much more of the program than what
    /// follows.
    static func release() {
        guard let maps = try? Path(bytes: "/proc/self/maps".utf8).read() else { return }
        guard let program = Path(bytes: "/proc/self/exe".utf8).resolved else { return }
        for line in maps.split(separator: UInt8(ascii: "\n")) {
            // `00400000-0241c000 r-xp 00000000 fe:00 5333827 /usr/bin/envd`. What can be written to, or was, must stay.
            let fields = line.split(separator: UInt8(ascii: " "))
            guard fields.count >= 6, fields[1].elementsEqual("r-xp".utf8),
                line.suffix(program.bytes.count).elementsEqual(program.bytes)
            else { continue }
            let ends = fields[0].split(separator: UInt8(ascii: "-")).compactMap {
                UInt(String(decoding: $0, as: UTF8.self), radix: 16)
            }
            guard ends.count == 2, ends[0] < ends[1] else { continue }
            _ = madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), Int(ends[1] - ends[0]), MADV_DONTNEED)
        }
    }
}
