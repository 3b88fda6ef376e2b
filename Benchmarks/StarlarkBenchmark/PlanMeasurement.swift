import EnvdLanguage

/// Runs the program of a folder and makes its plan, everything fresh in each round: the prelude is parsed, compiled and
/// run, then `build.envd`, then the functions of the prelude that make the graph.
func measurePlan(of folder: String, rounds: Int) throws(BenchmarkError) -> Measurement {
    let request: PlanRequest
    do {
        request = PlanRequest(project: try ProjectDirectory(folder))
    } catch {
        throw .failed(error.description)
    }
    return try Measurement(rounds: rounds) { () throws(BenchmarkError) in try plan(request) }
}

private func plan(_ request: PlanRequest) throws(BenchmarkError) -> Measurement.Round {
    let clock = ContinuousClock()
    let start = clock.now
    let plan: Plan
    do {
        plan = try Planner(request).plan()
    } catch {
        throw .failed(error.message)
    }
    let ended = clock.now
    return Measurement.Round(duration: start.duration(to: ended), result: "\(plan.steps.count) steps")
}
