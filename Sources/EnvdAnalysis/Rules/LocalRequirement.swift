import EnvdSyntax
import LLB

extension Rule {
    /// A path among the names of `install.python_packages`, where the project is not there.
    static let localRequirement = Rule(
        "local-requirement", .packages, .error, page: PackageResources.local_requirement_md,
        .calls(.taking("PipRequirement")) { call, context, reporter in
            for name in context.texts(of: "PipRequirement", in: call) {
                let words = ShellWords.split(name.text).words
                guard let first = words.first else { continue }
                if first == "." || first.hasPrefix("./") || first.hasPrefix("../") || first == "-e"
                    || first == "--editable"
                {
                    let path = words.count > 1 ? words[1] : first
                    guard !path.contains("://") else { continue }
                    reporter.report(
                        name.range,
                        "the project is not there while names are installed; use local_wheels, or pip install in a run with "
                            + "mount_host=True")
                } else if ["-r", "--requirement"].contains(first) || first.hasPrefix("-r")
                    || first.hasPrefix("--requirement=")
                {
                    reporter.report(
                        name.range,
                        "the project is not there while names are installed; use the parameter 'requirements'")
                } else if first == "-c" || first == "--constraint" || first.hasPrefix("--constraint=") {
                    reporter.report(
                        name.range,
                        "the project is not there while names are installed; put -c into the file of 'requirements'")
                }
            }
        })
}
