import EnvdSyntax

extension Rule {
    /// A port that is open to everyone who reaches the host.
    static let publicPort = Rule(
        "public-port", .security, .advice, page: PackageResources.public_port_md,
        .calls(of: "runtime.expose") { call, context, reporter in
            guard let argument = call.argument("listen_addr"),
                let address = context.constant("listen_addr", of: call)?.text, ["0.0.0.0", "::"].contains(address)
            else { return }
            reporter.report(
                argument.value.range,
                "'\(address)' lets everyone in who reaches the host; leave it out to listen at 127.0.0.1 only")
        })
}
