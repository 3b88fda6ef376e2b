import EnvdSyntax

extension Rule {
    /// A top-level name that gets a value twice, which envd refuses.
    static let reassignedGlobal = Rule(
        "reassigned-global", .names, .error, page: PackageResources.reassigned_global_md,
        .chunk { context, reporter in
            guard !context.dialect.contains(.globalReassign) else { return }
            for id in context.ownBindings {
                let binding = context.names.bindings[id]
                guard binding.scope == 0, binding.occurrences.count > 1 else { continue }
                let first = binding.occurrences[0]
                // A first "load" of a name may hide what the file has defined above it.
                let firstLoad = context.firstLoad(of: id)
                for occurrence in context.ownOccurrences(of: id)
                where occurrence.range != first.range && occurrence.range != firstLoad?.range {
                    reporter.report(occurrence.range, lineOf: RelatedPlace(first.range, "first defined here")) { line in
                        "'\(context.names.name(of: binding))' cannot be defined again; its first definition is on line \(line)"
                    }
                }
            }
        })
}
