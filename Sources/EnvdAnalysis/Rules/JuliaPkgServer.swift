import EnvdSyntax

extension Rule {
    /// `config.julia_pkg_server`, which envd does not use.
    static let juliaPkgServer = Rule(
        "julia-pkg-server", .api, .warning, page: PackageResources.julia_pkg_server_md,
        .calls(of: "config.julia_pkg_server") { call, context, reporter in
            reporter.report(
                call.calleeRange,
                "envd does not use this server; set JULIA_PKG_SERVER by runtime.environ, which the build sees too")
        })
}
