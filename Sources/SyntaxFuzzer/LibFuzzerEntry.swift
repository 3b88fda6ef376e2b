import EnvdSyntax

/// What libFuzzer calls for each input it invents; a broken property stops it, so that it keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try checkProperties(of: FuzzInput(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count)))
    } catch {
        fatalError("\(error)")
    }
    ChunkMemory.rest()
    return 0
}
