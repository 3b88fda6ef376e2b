#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import LLB

/// Why a file is no plan to compare with.
package struct SavedSnapshotError: Error, Sendable, CustomStringConvertible {
    package let description: String
}

extension PlanSnapshot {
    /// The version of what is saved: of its shape and of how keys are computed. Another version cannot be compared with.
    package static let version = 1

    /// Reads the member `snapshot` of a plan that was saved as JSON.
    package init(savedIn json: [UInt8]) throws(SavedSnapshotError) {
        let plan: SavedPlan
        do {
            plan = try JSONDecoder().decode(SavedPlan.self, from: Data(json))
        } catch {
            throw .init(description: "it is no saved plan")
        }
        guard let head = plan.snapshot else {
            throw .init(description: "it does not say what the files held; save it with --snapshot")
        }
        guard head.version == PlanSnapshot.version else {
            throw .init(description: "it was saved by another version of this tool")
        }
        do {
            let saved = try JSONDecoder().decode(SavedPlan.Content.self, from: Data(json)).snapshot
            try self.init(saved)
        } catch let error as SavedSnapshotError {
            throw error
        } catch {
            throw .init(description: "its snapshot is damaged")
        }
    }

    private init(_ saved: SavedPlan.Snapshot) throws(SavedSnapshotError) {
        let damage = SavedSnapshotError(description: "its snapshot is damaged")
        func digest(_ text: String) throws(SavedSnapshotError) -> Digest {
            guard let digest = Digest(text) else { throw damage }
            return digest
        }
        facts = saved.facts.map { Fact(kind: $0.kind, name: $0.name, values: $0.values) }
        runtime = saved.runtime.map { Facet($0.name, $0.values) }
        steps = []
        let contents = try saved.contents.map { content throws(SavedSnapshotError) in
            SelectedFiles(
                try content.map { file throws(SavedSnapshotError) in
                    guard let kind = FileEntry.Kind(rawValue: file.kind) else { throw damage }
                    return .init(
                        path: TreePath(file.path), entry: .init(kind: kind, mode: file.mode), identity: file.identity)
                })
        }
        for (index, step) in saved.steps.enumerated() {
            guard let kind = PlanStep.Kind(rawValue: step.kind) else { throw damage }
            let inputs = try step.inputs.map { input throws(SavedSnapshotError) in
                guard (1...max(1, index)).contains(input.step) else { throw damage }
                return Input(
                    step: input.step, roles: input.roles, isByContent: input.byContent,
                    files: try input.files.map { selected throws(SavedSnapshotError) in
                        guard contents.indices.contains(selected.content) else { throw damage }
                        return Selected(
                            path: selected.path, isFiltered: selected.filtered, files: contents[selected.content])
                    })
            }
            steps.append(
                Step(
                    number: index + 1, kind: kind, title: step.title, locations: [], digest: try digest(step.digest),
                    keys: Keys(
                        certain: try digest(step.key), possible: try digest(step.possibleKey),
                        operation: try digest(step.operationKey)),
                    facets: step.facets.map { Facet($0.name, $0.values) }, inputs: inputs,
                    isNeverCached: step.neverCached))
        }
    }
}

/// The JSON, as `PlanSnapshotRecord` of the command line writes it.
private struct SavedPlan: Decodable {
    var snapshot: Head?

    struct Head: Decodable {
        var version: Int
    }

    struct Content: Decodable {
        var snapshot: Snapshot
    }

    struct Snapshot: Decodable {
        var steps: [Step]
        var contents: [[File]]
        var facts: [Fact]
        var runtime: [Facet]
    }

    struct Step: Decodable {
        var kind: String
        var title: String
        var digest: String
        var key: String
        var possibleKey: String
        var operationKey: String
        var neverCached: Bool
        var facets: [Facet]
        var inputs: [Input]
    }

    struct Facet: Decodable {
        var name: String
        var values: [String]
    }

    struct Input: Decodable {
        var step: Int
        var roles: [String]
        var byContent: Bool
        var files: [Selected]
    }

    struct Selected: Decodable {
        var path: String
        var filtered: Bool
        /// An index of `contents`.
        var content: Int
    }

    struct File: Decodable {
        var path: String
        var kind: String
        var mode: UInt16
        var identity: String
    }

    struct Fact: Decodable {
        var kind: String
        var name: String
        var values: [String]
    }
}
