#if !LIBFUZZER  // libFuzzer brings a main function of its own
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Checks the given inputs once, without the fuzzer: what it has found can be debugged with an ordinary build.
@main
struct Replay {
    static func main() {
        let paths = CommandLine.arguments.dropFirst()
        guard !paths.isEmpty else {
            print("usage: SyntaxFuzzer FILE…: checks inputs that `make fuzz` has found")
            exit(2)
        }
        var failed = 0
        for path in paths {
            guard let data = try? Data(contentsOf: URL(filePath: path)) else {
                print("\(path): cannot be read")
                exit(2)
            }
            do {
                try [UInt8](data).withUnsafeBufferPointer { (bytes) throws(Violation) in
                    try checkProperties(of: FuzzInput(bytes))
                }
            } catch {
                failed += 1
                print("\(path): \(error)")
            }
        }
        print("\(paths.count - failed) passed, \(failed) failed")
        exit(failed == 0 ? 0 : 1)
    }
}
#endif
