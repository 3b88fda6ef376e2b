extension State {
    /// The result of the definition that lies in a file of this file system.
    ///
    /// - Parameter filename: the file's name; empty for the one that BuildKit looks for, `buildkit.llb.definition`.
    package func buildingDefinition(
        in filename: String = "", options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        guard let output else { throw .scratchHasNoOutput }
        let build = Operation.Build(
            inputs: ["buildkit.llb.definition": 0], attributes: filename.isEmpty ? [:] : ["llbbuild.filename": filename]
        )
        var complete = options
        complete.location = options.location ?? location
        let vertex = try graph.add(
            .build(build), inputs: [graph.input(output)], dependencies: [output], isPlatformSpecific: true,
            capabilities: [.buildFilename], options: complete)
        return replacing(output: Graph.Output(vertex: vertex, index: 0))
    }
}
