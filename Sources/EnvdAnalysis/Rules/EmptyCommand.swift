import EnvdSyntax

extension Rule {
    /// A daemon without a command.
    static let emptyCommand = Rule(
        "empty-command", .api, .warning, page: PackageResources.empty_command_md,
        .calls { call, context, reporter in
            guard call.name == "runtime.daemon" else { return }
            for command in context.constant("commands", of: call)?.elements ?? [] {
                guard command.elements?.isEmpty == true, case .list = command.value else { continue }
                reporter.report(command.range, "this is a service without a command, which cannot start; leave it out")
            }
        })
}
