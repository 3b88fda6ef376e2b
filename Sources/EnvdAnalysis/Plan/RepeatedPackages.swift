import EnvdLanguage
import EnvdSyntax

/// Packages that a program asks for twice, wherever the calls stand.
func reportRepeatedPackages(_ program: PlannedProgram, _ reporter: inout Rule.Reporter) {
    let context = program.files.context(of: program.transcript)
    for (package, earlier) in repeatedPackages(in: context) where !conflict(earlier, package) {
        guard let part = program.transcript.part(holding: package.range),
            let earlierPart = program.transcript.part(holding: earlier.range)
        else { continue }
        let (call, first) = (program.calls[part.call], program.calls[earlierPart.call])
        guard let origin = program.files.origin(of: part, in: call),
            let other = program.files.origin(of: earlierPart, in: first)
        else { continue }
        let isOwn = origin.file == program.run.file
        // Within one call of a library it is the library's own business.
        guard isOwn || call.range != first.range else { continue }
        let place = isOwn ? origin.range : call.calleeRange
        if call.index == first.index {
            reporter.report(place, "'\(package.name)' is in the list twice")
        } else if call.range == first.range, other.file == origin.file, other.range == origin.range {
            reporter.report(place, "'\(package.name)' is installed in every round of the loop")
        } else {
            let by = first.isOwn ? "" : "'\(program.callee(of: first))' in "
            reporter.report(place, "'\(package.name)' is installed already by \(by)\(program.line(of: first))")
        }
    }
}

extension PlannedProgram {
    /// The name by which the program's file calls what led to a call.
    func callee(of call: PlannedCall) -> String { file.text(in: call.calleeRange) }
}
