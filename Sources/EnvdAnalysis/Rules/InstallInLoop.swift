import EnvdLanguage
import EnvdSyntax
import LLB

extension Rule {
    /// Packages that a loop installs one by one, each in a step of its own.
    static let installInLoop = Rule(
        "install-in-loop", .performance, .advice, page: PackageResources.install_in_loop_md,
        .plan { program, reporter in
            var rounds: [PlannedCall] = []
            func finish() {
                defer { rounds = [] }
                guard rounds.count >= 3, let call = rounds.first, Set(rounds.compactMap(\.solePackage)).count >= 3
                else {
                    return
                }
                let reason =
                    call.name == "install.python_packages"
                    ? "with the whole list, pip also chooses versions that fit together" : "it takes the whole list"
                reporter.report(
                    call.calleeRange, "this makes \(rounds.count) steps, one for each package; \(reason)")
            }
            for call in program.calls {
                if let first = rounds.first, call.solePackage == nil || call.call.site != first.call.site { finish() }
                // Whatever a library does, its author has to change it.
                if call.isOwn, call.solePackage != nil { rounds.append(call) }
            }
            finish()
        })
}

extension PlannedCall {
    /// The one package that a call makes a step for, and nothing else.
    fileprivate var solePackage: String? {
        guard ["install.python_packages", "install.r_packages", "install.julia_packages"].contains(name),
            !call.hasFailed,
            call.positional.count + call.named.count == 1, case .list(let names)? = argument("name"), names.count == 1,
            case .text(let package) = names[0]
        else { return nil }
        return package
    }
}
