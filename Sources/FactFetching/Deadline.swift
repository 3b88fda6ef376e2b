/// Does something, but not for longer than so many seconds.
///
/// - Throws: `FetchError` if the time is over; what is being done is cancelled then.
func withDeadline<Result: Sendable>(
    _ seconds: Double, doing what: String, advice: String = "", _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            let shown = seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
            throw FetchError("\(what) took longer than \(shown) seconds", advice: advice)
        }
        return result
    }
}
