extension State {
    /// The file systems laid over each other, later ones above; the settings are those of the first that is not
    /// scratch.
    package static func merge(
        _ states: [State], in graph: Graph, options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        let filled = states.filter { !$0.isScratch }
        guard filled.allSatisfy({ $0.graph === graph }) else { throw .foreignState }
        guard let first = filled.first else { return graph.scratch }
        guard filled.count > 1 else { return first }
        let outputs = filled.compactMap(\.output)
        // Unlike in other operations, an output that is given twice is two inputs.
        var complete = options
        complete.location = options.location ?? first.location
        let vertex = try graph.add(
            .merge(inputs: Array(outputs.indices)), inputs: outputs.map(graph.input), dependencies: outputs,
            isPlatformSpecific: false, capabilities: [.merge], options: complete)
        return first.replacing(output: Graph.Output(vertex: vertex, index: 0))
    }

    /// What `upper` has or lacks compared to this file system.
    package func difference(to upper: State, options: OperationOptions = .init()) throws(LLBError) -> State {
        guard upper.graph === graph else { throw .foreignState }
        guard let lowerOutput = output else { return upper }
        var inputs = [graph.input(lowerOutput)]
        var dependencies = [lowerOutput]
        if let upperOutput = upper.output {
            inputs.append(graph.input(upperOutput))
            dependencies.append(upperOutput)
        }
        var complete = options
        complete.location = options.location ?? upper.location ?? location
        let vertex = try graph.add(
            .diff(lower: 0, upper: upper.isScratch ? Operation.none : 1), inputs: inputs, dependencies: dependencies,
            isPlatformSpecific: false, capabilities: [.diff], options: complete)
        return replacing(output: Graph.Output(vertex: vertex, index: 0))
    }
}
