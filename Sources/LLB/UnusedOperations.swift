extension Graph {
    /// Where operations were asked for that are no part of a definition, each place once, in the order of their making. A place that
    /// made others that are part of it is not among them.
    package func places(outsideOf definition: Definition) -> [SourceLocation] {
        let used = Set(definition.entries.map(\.digest.description))
        func bare(_ location: SourceLocation) -> SourceLocation {
            var place = location
            (place.callers, place.others) = ([], [])
            return place
        }
        var known: Set<SourceLocation> = []
        for vertex in vertices where used.contains(vertex.digest.description) {
            for place in vertex.location?.places ?? [] { known.insert(bare(place)) }
        }
        return vertices.compactMap { vertex in
            guard let location = vertex.location, !used.contains(vertex.digest.description),
                known.insert(bare(location)).inserted
            else { return nil }
            return location
        }
    }
}
