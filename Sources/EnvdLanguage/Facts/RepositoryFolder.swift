extension FactSource {
    /// The folder with the content of a git repository, as a plan would find it; nil if that is not on this machine.
    ///
    /// - Parameter sources: in the order in which they are asked.
    package static func folder(ofRepository url: String, in sources: [FactSource]) -> String? {
        try? FactLookup(sources).repository(url)
    }
}
