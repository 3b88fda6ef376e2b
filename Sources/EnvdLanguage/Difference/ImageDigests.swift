import LLB

/// What the names of a plan's images stand for, as far as facts say so.
///
/// BuildKit looks at the digest of an image and not at its name. Who has not locked an image cannot tell whether its name stands
/// for another one now; it is taken to stand for the same.
struct ImageDigests {
    private var digests: [String: String] = [:]

    private static let factKind = "image digest"

    init(_ steps: [PlanStep], _ sources: [FactSource], after former: PlanSnapshot?) {
        let formerImages = Set(former?.steps.filter { $0.kind == .image }.map(\.title) ?? [])
        for name in steps.compactMap(\.imageName) where !name.utf8.contains(UInt8(ascii: "@")) {
            let own = ImageDigests.find(name, in: sources)
            guard let former else {
                digests[name] = own
                continue
            }
            let before = former.facts.first { $0.kind == ImageDigests.factKind && $0.name == name }?.values.first
            if before != nil || !formerImages.contains(name) { digests[name] = own ?? before }
        }
    }

    func digest(of step: PlanStep) -> String? {
        step.imageName.flatMap { digests[$0] }
    }

    var facts: [PlanSnapshot.Fact] {
        digests.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            .init(kind: ImageDigests.factKind, name: $0.key, values: [$0.value])
        }
    }

    /// The first table that knows the image decides, whether it knows the digest or not.
    private static func find(_ name: String, in sources: [FactSource]) -> String? {
        for source in sources {
            let images = source.table.images
            if let key = FactTable.key(for: name, in: images) { return images[key]?.digest }
        }
        return nil
    }
}

extension PlanStep {
    fileprivate var imageName: String? {
        guard case .source(let source) = operation.body else { return nil }
        return source.imageName
    }
}
