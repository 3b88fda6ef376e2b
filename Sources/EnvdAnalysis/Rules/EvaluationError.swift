import EnvdLanguage
import EnvdSyntax
import LLB

extension Rule {
    /// What ends the program when envd runs it, where no other rule says why.
    static let evaluationError = Rule(
        "evaluation-error", .api, .error, page: PackageResources.evaluation_error_md,
        .plan { program, reporter in
            let lacksCode = program.run.lacksCode
            // What stands for missing code gives no values, and errors that nobody made follow from that.
            for finding in program.run.findings where finding.isOfLoad || !lacksCode {
                report(finding.message, at: finding.location, program, &reporter)
            }
            guard !lacksCode else { return }
            if let error = program.run.error {
                report(error.message, at: error.location, program, &reporter)
            }
        })
}

private func report(
    _ message: String, at location: SourceLocation?, _ program: PlannedProgram, _ reporter: inout Rule.Reporter
) {
    // What envd cannot even call is wrong where it is defined.
    guard let place = location.map(program.place) ?? program.buildHeader else { return }
    var message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    if message.hasPrefix("fail: ") { message.removeFirst("fail: ".count) }
    if let location, location.file != program.run.file {
        message = "\(location.file), line \(location.line): \(message)"
    }
    while message.last == "." { message.removeLast() }
    reporter.report(place, message)
}
