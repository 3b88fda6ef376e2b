/// A complete build graph as it is sent to BuildKit: its operations, inputs before users, and last one that names the
/// result.
package struct Definition: Hashable, Sendable {
    package var entries: [Entry]
    /// What a builder is told of the files that asked for the operations; nil for nothing.
    package var sources: SourceMap?

    package struct Entry: Hashable, Sendable {
        package let operation: Operation
        /// What the digest is of. More than `operation` says if somebody else made it with fields that are not known
        /// here.
        package let encoded: [UInt8]
        package let digest: Digest
        package var metadata: OperationMetadata
        /// Every place that asked for this very operation, in the order of the visit, each once.
        package var locations: [SourceLocation]
    }
}

extension State {
    /// The operations that make this file system, in the order in which BuildKit's client sends them: depth first, the
    /// inputs of an operation in their order, each digest once.
    package func definition() throws(LLBError) -> Definition {
        guard let output else { throw .scratchHasNoOutput }
        var entries: [Definition.Entry] = []
        // By digest: as text, since the runtime knows how to hash that without looking for it.
        var positions: [String: Int] = [:]
        var isVisited = [Bool](repeating: false, count: graph.vertices.count)
        // Not recursive: a chain may be as long as the graph.
        var path: [(vertex: Int, next: Int)] = [(output.vertex, 0)]
        while let (vertex, next) = path.last {
            let dependencies = graph.vertices[vertex].dependencies
            if isVisited[vertex] {
                path.removeLast()
            } else if next < dependencies.count {
                path[path.count - 1].next += 1
                path.append((dependencies[next], 0))
            } else {
                isVisited[vertex] = true
                path.removeLast()
                add(graph.vertices[vertex], to: &entries, &positions)
            }
        }
        attributeSources(&entries, positions)
        entries.append(result(output, of: entries))
        return Definition(entries: entries)
    }

    private func add(
        _ vertex: Graph.Vertex, to entries: inout [Definition.Entry], _ positions: inout [String: Int]
    ) {
        if let position = positions[vertex.digest.description] {
            entries[position].metadata.merge(vertex.metadata)
            for location in vertex.location?.places ?? [] where !entries[position].locations.contains(location) {
                entries[position].locations.append(location)
            }
            return
        }
        positions[vertex.digest.description] = entries.count
        entries.append(
            Definition.Entry(
                operation: vertex.operation, encoded: vertex.encoded, digest: vertex.digest, metadata: vertex.metadata,
                locations: vertex.location?.places ?? []))
    }

    /// What nobody asked for by itself was asked for by whoever uses it first.
    private func attributeSources(_ entries: inout [Definition.Entry], _ positions: [String: Int]) {
        for index in entries.indices where !entries[index].locations.isEmpty {
            for input in entries[index].operation.inputs {
                guard let position = positions[input.digest.description], entries[position].locations.isEmpty else {
                    continue
                }
                entries[position].locations = Array(entries[index].locations.prefix(1))
            }
        }
    }

    private func result(_ output: Graph.Output, of entries: [Definition.Entry]) -> Definition.Entry {
        let operation = Operation(inputs: [graph.input(output)], body: nil, platform: nil, workerFilters: nil)
        var metadata = OperationMetadata()
        metadata.capabilities = [.constraints, .platform]
        if entries.contains(where: \.metadata.ignoresCache) { metadata.capabilities.insert(.metaIgnoreCache) }
        if entries.contains(where: { !$0.metadata.description.isEmpty }) {
            metadata.capabilities.insert(.metaDescription)
        }
        if entries.contains(where: { $0.metadata.exportsCache != nil }) {
            metadata.capabilities.insert(.metaExportCache)
        }
        let encoded = operation.encoded
        return Definition.Entry(
            operation: operation, encoded: encoded, digest: Digest(of: encoded), metadata: metadata, locations: [])
    }
}
