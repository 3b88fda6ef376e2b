/// A type that comes with nearly every message. It is read straight from the value where all is as it should be; what is not is left to
/// the compiler's way, which takes several times as long and knows how to tell where something is wrong.
protocol DirectlyDecodable: Decodable {
    /// Nil if anything is missing or of another type than it should.
    init?(_ json: JSONView)
}

extension DirectlyDecodable {
    init?(directly decoder: any Decoder) {
        guard let decoder = decoder as? JSONViewDecoder else { return nil }
        self.init(decoder.value)
    }
}
