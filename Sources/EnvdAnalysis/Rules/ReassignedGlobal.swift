import EnvdSyntax

extension Rule {
    /// A top-level name that gets a value twice, which envd refuses.
    static let reassignedGlobal = Rule(
        "reassigned-global", .names, .error, page: PackageResources.reassigned_global_md,
        .file { context, reporter in
            for violation in violations(in: context) { reporter.report(violation) }
        })
}

private func violations(in context: RuleContext) -> [Rule.Violation] {
    guard !context.dialect.contains(.globalReassign) else { return [] }
    return context.names.bindings.filter { $0.scope == 0 }.flatMap { binding in
        let first = binding.occurrences[0]
        let line = context.file.position(at: first.range.lowerBound).line + 1
        // A first "load" of a name may hide what the file has defined above it.
        let firstLoad = binding.occurrences.first { $0.kind == .load }
        return binding.occurrences.dropFirst().filter { $0.range != firstLoad?.range }.map { occurrence in
            Rule.Violation(
                range: occurrence.range,
                message: "'\(binding.name)' cannot be defined again; its first definition is on line \(line)")
        }
    }
}
