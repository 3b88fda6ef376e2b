import EnvdSyntax

extension Rule {
    /// A list of commands without a command, or a command without a word.
    static let emptyCommand = Rule(
        "empty-command", .shell, .warning, page: PackageResources.empty_command_md,
        .calls(of: "run", "runtime.init", "runtime.daemon", "runtime.command") { call, context, reporter in
            guard let argument = call.argument("commands"), let constant = context.constant(argument.value) else {
                return
            }
            if let entries = constant.entries {
                for entry in entries where entry.value.text.map(isBlank) ?? false {
                    reporter.report(entry.value.range, "the command is empty")
                }
                return
            }
            guard let elements = constant.elements else { return }
            if elements.isEmpty {
                reporter.report(constant.range, "there is no command in the list, so that the call does nothing")
            }
            for element in elements {
                if element.text.map(isBlank) ?? (element.elements?.isEmpty ?? false) {
                    reporter.report(element.range, "the command is empty")
                }
            }
        })
}

private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
