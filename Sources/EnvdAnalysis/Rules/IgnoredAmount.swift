import EnvdSyntax

extension Rule {
    /// An amount of GPUs or memory that asks for nothing.
    static let ignoredAmount = Rule(
        "ignored-amount", .api, .warning, page: PackageResources.ignored_amount_md,
        .calls(of: "config.gpu", "config.shm_size") { call, context, reporter in
            switch call.name {
            case "config.gpu":
                if call.argument("count") == nil, !call.isOpen {
                    reporter.report(
                        call.calleeRange,
                        "without a count this asks for no GPU; write config.gpu(count=1), or -1 for all")
                } else if let argument = call.argument("count"), context.constant("count", of: call)?.integer == 0 {
                    reporter.report(
                        argument.value.range, "this asks for no GPU; write a count of 1 or more, or -1 for all")
                }
            case "config.shm_size":
                guard let argument = call.argument("size"), let size = context.constant("size", of: call)?.integer,
                    size <= 0
                else { return }
                reporter.report(
                    argument.value.range, "the size of the shared memory is ignored unless it is at least 1 (megabyte)")
            default: return
            }
        })
}
