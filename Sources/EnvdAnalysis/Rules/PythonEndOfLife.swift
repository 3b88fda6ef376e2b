import EnvdSyntax

extension Rule {
    /// A Python that gets no security fixes any more.
    static let pythonEndOfLife = Rule(
        "python-end-of-life", .api, .advice, page: PackageResources.python_end_of_life_md,
        .calls(of: "install.python", "install.uv") { call, context, reporter in
            let name = call.name == "install.uv" ? "python_version" : "version"
            guard let argument = call.argument(name), let version = context.constant(name, of: call)?.text else {
                return
            }
            let parts = version.split(separator: ".")
            guard parts.count > 1, parts[0] == "3", let minor = Int(parts[1]), let end = endOfLife[minor] else {
                return
            }
            reporter.report(
                argument.value.range, "Python 3.\(minor) gets no security fixes since \(end); use a later one")
        })
}

/// The months in which the releases of Python 3 reached their end, as the release schedules say.
private let endOfLife = [
    0: "June 2009", 1: "April 2012", 2: "February 2016", 3: "September 2017", 4: "March 2019", 5: "September 2020",
    6: "December 2021", 7: "June 2023", 8: "October 2024", 9: "October 2025",
]
