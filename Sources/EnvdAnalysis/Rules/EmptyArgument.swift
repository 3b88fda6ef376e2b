import EnvdSyntax

extension Rule {
    /// Nothing where envd insists on something.
    static let emptyArgument = Rule(
        "empty-argument", .api, .error, page: PackageResources.empty_argument_md,
        .calls(.of(Array(needed.keys))) { call, context, reporter in
            guard let name = needed[call.name], !call.isOpen else { return }
            guard let argument = call.argument(name) else {
                if call.function.parameter(name)?.isRequired == false {
                    reporter.report(call.calleeRange, "'\(call.name)' needs \(name); envd refuses the call without it")
                }
                return
            }
            guard let value = context.constant(argument.value) else { return }
            if value.text?.isEmpty == true || value.elements?.isEmpty == true {
                reporter.report(argument.value.range, "\(name) is empty; envd refuses the call")
            }
        })
}

/// Parameters that must be neither empty strings nor empty lists.
private let needed = [
    "config.apt_source": "source", "config.pip_index": "url", "install.cuda": "version",
    "install.julia_packages": "name",
    "install.r_packages": "name",
]
