import EnvdSyntax

extension Rule {
    /// `chmod 777`: everybody may change the files.
    static let worldWritable = Rule(
        "world-writable", .security, .advice, page: PackageResources.world_writable_md,
        .calls(.runningShell) { call, context, reporter in
            for (program, command) in context.buildCommands(of: call) where command.name == "chmod" {
                guard let mode = command.arguments.first(where: { !$0.text.hasPrefix("-") }),
                    ["777", "0777", "a+rwx", "ugo+rwx", "666", "a+w", "o+w"].contains(mode.text)
                else { continue }
                reporter.report(
                    program.source(mode.range),
                    "with \(mode.text) every user may change the files; give them to the user who needs them with chown"
                )
            }
        })
}
