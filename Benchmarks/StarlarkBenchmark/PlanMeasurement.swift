import EnvdLanguage

/// Runs the program of a folder and makes its plan, in each round anew: the prelude is run, then `build.envd`, then the functions
/// of the prelude that make the graph.
///
/// - Parameter loadsPrelude: reads the prelude's programs from their archives in each round, as a new process has to.
func measurePlan(of folder: String, rounds: Int, loadsPrelude: Bool) throws(BenchmarkError) -> Measurement {
    let request: PlanRequest
    do {
        request = PlanRequest(project: try ProjectDirectory(folder))
    } catch {
        throw .failed(error.description)
    }
    return try Measurement(rounds: rounds) { () throws(BenchmarkError) in
        try plan(request, loadsPrelude ? PreludePrograms() : .shared)
    }
}

private func plan(_ request: PlanRequest, _ prelude: PreludePrograms) throws(BenchmarkError) -> Measurement.Round {
    let clock = ContinuousClock()
    let start = clock.now
    let plan: Plan
    do {
        plan = try Planner(request, prelude: prelude).plan()
    } catch {
        throw .failed(error.message)
    }
    let ended = clock.now
    return Measurement.Round(duration: start.duration(to: ended), result: "\(plan.steps.count) steps")
}
