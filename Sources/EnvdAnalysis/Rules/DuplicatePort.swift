import EnvdSyntax

extension Rule {
    /// Two services that shall get the same port of the host.
    static let duplicatePort = Rule(
        "duplicate-port", .api, .error, page: PackageResources.duplicate_port_md,
        .program(of: "runtime.expose", "config.jupyter") { context, reporter in
            var reported: Set<Range<Int>> = []
            for run in context.runs {
                var taken: [Claim: APICall] = [:]
                for step in run.steps("runtime.expose", "config.jupyter") where !step.isConditional {
                    guard let claim = Claim(step.call, context) else { continue }
                    guard let first = taken[claim] else {
                        taken[claim] = step.call
                        continue
                    }
                    let isOther =
                        first.range != step.call.range
                        && (first.name != step.name || !isSame(first, step.call, context))
                    guard isOther, reported.insert(step.call.range).inserted else { continue }
                    let range = (step.call.argument("host_port") ?? step.call.argument("port"))?.value.range
                    reporter.report(
                        range ?? step.call.calleeRange,
                        "port \(claim.port) of the host is taken by another '\(first.name)'; the environment does not start",
                        related: RelatedPlace(first.range, "the call that takes it"))
                }
            }
        })
}

/// A port of the host, at one address.
private struct Claim: Hashable {
    let port: Int
    let address: String

    init?(_ call: APICall, _ context: ProgramContext) {
        let name = call.name == "runtime.expose" ? "host_port" : "port"
        guard let port = context.constant(name, of: call)?.integer, port > 0, !call.isOpen else { return nil }
        self.port = port
        if call.argument("listen_addr") == nil {
            address = "127.0.0.1"
        } else {
            guard let text = context.constant("listen_addr", of: call)?.text else { return nil }
            address = text
        }
    }
}

/// Of two calls for one port in the environment the later one simply replaces the other.
private func isSame(_ first: APICall, _ second: APICall, _ context: ProgramContext) -> Bool {
    guard let a = context.constant("envd_port", of: first)?.integer,
        let b = context.constant("envd_port", of: second)?.integer
    else { return true }
    return a == b
}
