import EnvdSyntax

extension Rule {
    /// Settings of git with an empty name or editor.
    static let incompleteGitConfig = Rule(
        "incomplete-git-config", .api, .warning, page: PackageResources.incomplete_git_config_md,
        .calls(of: "git_config") { call, context, reporter in
            guard !call.isOpen else { return }
            let isEmpty: (String) -> Bool = { name in
                call.argument(name) == nil || context.constant(name, of: call)?.text?.isEmpty == true
            }
            if isEmpty("name") {
                reporter.report(
                    call.calleeRange,
                    "without a name this writes an empty one, with which git refuses to commit; add name=…")
            }
            if isEmpty("editor") {
                reporter.report(
                    call.calleeRange,
                    "without an editor this writes an empty one, and 'git commit' without -m fails; add editor=\"vim\"",
                    context.addition(of: "editor=\"vim\"", to: call))
            }
        })
}
