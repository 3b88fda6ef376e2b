/// A build graph under construction: an arena of operations that states point into.
///
/// Vertices live side by side here rather than as objects that hold each other, because a program can chain a hundred
/// thousand operations, and to release such a chain of objects recurses as deep. Everything that decides an operation's
/// bytes is known when it is added, so each is encoded once, there and then.
///
/// Used within one evaluation on one thread; what leaves it is a `Definition`.
package final class Graph {
    /// For images and processes that do not ask for another.
    package let platform: Platform
    /// Tells local sources of one build apart from those of another; random in BuildKit's client.
    package let localUniqueID: String
    private(set) var vertices: [Vertex] = []
    private var encodedSize = 0

    /// A definition beyond this is refused by BuildKit's transport long before it is built.
    package static let maximumOperations = 100_000
    /// Bytes of all operations together.
    package static let maximumSize = 64 << 20

    package init(platform: Platform = .linuxAMD64, localUniqueID: String) {
        self.platform = platform
        self.localUniqueID = localUniqueID
    }

    struct Vertex {
        let operation: Operation
        let encoded: [UInt8]
        let digest: Digest
        let metadata: OperationMetadata
        let location: SourceLocation?
        /// The vertices to visit before this one, in the order of BuildKit's client.
        let dependencies: [Int]
        /// The platform that the operation was given itself, which its results then have.
        let platform: Platform?
    }

    /// An output of a vertex of this graph.
    struct Output: Hashable {
        let vertex: Int
        let index: Int
    }

    // MARK: - Adding operations

    func add(
        _ body: Operation.Body, inputs: [Operation.Input], dependencies: [Output], isPlatformSpecific: Bool,
        capabilities: Capabilities, options: OperationOptions, resultPlatform: Platform? = nil
    ) throws(LLBError) -> Int {
        guard vertices.count < Graph.maximumOperations else {
            throw .tooManyOperations(limit: Graph.maximumOperations)
        }
        let operation = Operation(
            inputs: inputs, body: body, platform: isPlatformSpecific ? options.platform ?? platform : nil,
            workerFilters: options.workerFilters)
        var metadata = OperationMetadata()
        metadata.capabilities = capabilities
        metadata.ignoresCache = options.ignoresCache
        metadata.description = options.description
        metadata.exportsCache = options.exportsCache
        metadata.progressGroup = options.progressGroup
        let encoded = operation.encoded
        encodedSize += encoded.count
        guard encodedSize <= Graph.maximumSize else { throw .tooLarge(limit: Graph.maximumSize) }
        vertices.append(
            Vertex(
                operation: operation, encoded: encoded, digest: Digest(of: encoded), metadata: metadata,
                location: options.location, dependencies: dependencies.map(\.vertex),
                platform: resultPlatform?.normalized))
        return vertices.count - 1
    }

    func input(_ output: Output) -> Operation.Input {
        Operation.Input(digest: vertices[output.vertex].digest, index: output.index)
    }
}

/// What every operation may be given besides its own parameters: BuildKit's constraints.
package struct OperationOptions: Hashable, Sendable {
    package var platform: Platform?
    package var workerFilters: [String] = []
    package var ignoresCache = false
    package var description: [String: String] = [:]
    /// Whether the result goes into an exported cache; nil leaves that to whoever builds.
    package var exportsCache: Bool?
    package var progressGroup: OperationMetadata.ProgressGroup?
    package var location: SourceLocation?

    package init(customName: String? = nil, location: SourceLocation? = nil) {
        if let customName {
            description[OperationMetadata.customNameKey] = customName
        }
        self.location = location
    }
}

/// The input indices of an operation, each output of another operation once.
struct InputTable {
    private(set) var inputs: [Operation.Input] = []
    private(set) var outputs: [Graph.Output] = []

    /// The index of that output among the inputs. Two vertices with the same digest are one input.
    mutating func index(of output: Graph.Output, in graph: Graph) -> Int {
        if !outputs.contains(output) {
            outputs.append(output)
        }
        let input = graph.input(output)
        if let known = inputs.firstIndex(of: input) { return known }
        inputs.append(input)
        return inputs.count - 1
    }
}
