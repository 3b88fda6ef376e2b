import EnvdLanguage
import PlanRendering

/// A plan for programs: the same as `PlanText`, with nothing shortened.
struct PlanJSON {
    let text: String

    /// - Parameter snapshot: what `--diff` needs to compare a later plan with this one.
    init(_ plan: Plan, _ request: PlanRequest, snapshot: PlanRecord = .absent) {
        let program = "\(request.project.displayPrefix)\(request.file):\(request.function)"
        self.init(PlanRecord(plan, request, program: program).adding("snapshot", snapshot))
    }

    init(_ record: PlanRecord) {
        var writer = JSONWriter()
        Self.write(record, to: &writer)
        text = writer.text
    }

    private static func write(_ record: PlanRecord, to writer: inout JSONWriter) {
        switch record {
        case .text(let text): writer.string(text)
        case .number(let number): writer.number(number)
        case .flag(let flag): writer.flag(flag)
        case .list(let elements): writer.array(elements) { write($1, to: &$0) }
        case .members(let members), .map(let members):
            let present = members.filter { if case .absent = $0.1 { false } else { true } }
            writer.object(present.map { name, value in (name, { write(value, to: &$0) }) })
        // Left out by the object around it, and in no list.
        case .absent: break
        }
    }
}
