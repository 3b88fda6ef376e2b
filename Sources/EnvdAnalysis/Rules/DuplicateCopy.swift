import EnvdSyntax

extension Rule {
    /// Two copies to the same file, of which only the last stays.
    static let duplicateCopy = Rule(
        "duplicate-copy", .files, .warning, page: PackageResources.duplicate_copy_md,
        .program(of: "io.copy") { context, reporter in
            guard let project = context.project else { return }
            let calls = context.calls(
                "io.copy",
                overriddenBy: { call in
                    copiedFile(call, context, project).map { ($0.target, $0.source) }
                })
            for call in calls {
                reporter.report(
                    call.argument("target")?.value.range ?? call.calleeRange,
                    "a later io.copy writes another file to the same path")
            }
        })
}

/// A copy of one file to one path; nil if it may be more.
private func copiedFile(_ call: APICall, _ context: ProgramContext, _ project: ProjectView) -> (
    source: String, target: String
)? {
    guard let source = context.projectPaths(of: call).first(where: { $0.parameter == "source" }), source.isInside,
        project.status(source.relative) == .file, let target = context.constant("target", of: call)?.text,
        !target.hasSuffix("/"), target.split(separator: "/").last?.contains(".") == true
    else { return nil }
    return (source.relative, target)
}
