/// What travels beside an operation and does not change its digest: `pb.OpMetadata`.
package struct OperationMetadata: Hashable, Sendable {
    package var ignoresCache = false
    /// Texts for people; `customNameKey` is the one that progress displays show.
    package var description: [String: String] = [:]
    /// Whether the result goes into an exported cache; nil leaves that to whoever builds.
    package var exportsCache: Bool?
    /// What a builder has to understand to run the operation.
    package var capabilities: Capabilities = []
    package var progressGroup: ProgressGroup?

    package static let customNameKey = "llb.customname"

    /// Operations that progress displays show as one.
    package struct ProgressGroup: Hashable, Sendable {
        package var id: String
        package var name: String
        /// Whether the group is shown only if nothing of it is used elsewhere.
        package var isWeak: Bool

        package init(id: String, name: String, isWeak: Bool = false) {
            self.id = id
            self.name = name
            self.isWeak = isWeak
        }
    }

    package init() {}

    package var customName: String? { description[OperationMetadata.customNameKey] }

    /// Adds what another vertex with the same digest says; where both say something, the other wins.
    mutating func merge(_ other: OperationMetadata) {
        ignoresCache = ignoresCache || other.ignoresCache
        description.merge(other.description) { _, new in new }
        exportsCache = other.exportsCache ?? exportsCache
        capabilities.formUnion(other.capabilities)
        progressGroup = other.progressGroup ?? progressGroup
    }
}

extension OperationMetadata {
    func encode(into writer: inout ProtobufWriter) {
        writer.bool(1, ignoresCache)
        writer.map(2, description)
        if let exportsCache { writer.message(4) { $0.bool(1, exportsCache) } }
        for capability in capabilities.elements {
            writer.message(5) { entry in
                entry.presentString(1, capability.rawValue)
                entry.presentInteger(2, 1)
            }
        }
        if let progressGroup {
            writer.message(6) { group in
                group.string(1, progressGroup.id)
                group.string(2, progressGroup.name)
                group.bool(3, progressGroup.isWeak)
            }
        }
    }
}
