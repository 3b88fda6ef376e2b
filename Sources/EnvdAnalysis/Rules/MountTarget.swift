import EnvdSyntax

extension Rule {
    /// A mount that hides what the environment needs.
    static let mountTarget = Rule(
        "mount-target", .api, .warning, page: PackageResources.mount_target_md,
        .calls(of: "runtime.mount") { call, context, reporter in
            guard let argument = call.argument("envd_path"),
                var target = context.constant("envd_path", of: call)?.text
            else { return }
            while target.count > 1, target.hasSuffix("/") { target.removeLast() }
            if target == "~" { target = "/home/envd" }
            guard let what = hidden[target] else { return }
            reporter.report(
                argument.value.range, "a mount at \(target) hides \(what); choose another directory, or one within it")
        })
}

private let hidden = [
    "/home": "the home of the user envd",
    "/home/envd": "the settings of the user envd and all that is installed in its home",
    "/bin": "the programs of the system", "/sbin": "the programs of the system", "/lib": "the libraries of the system",
    "/lib64": "the libraries of the system", "/usr": "the programs of the system",
    "/usr/bin": "the programs of the system",
    "/usr/lib": "the libraries of the system", "/usr/local": "programs that envd installs",
    "/usr/local/bin": "programs that envd installs", "/etc": "the settings of the system",
    "/opt": "languages that envd installs",
    "/opt/conda": "Python and conda", "/var": "the data of the system", "/var/envd": "the SSH server",
    "/dev": "the devices", "/proc": "the processes", "/sys": "the devices",
]
