import EnvdSyntax

extension Rule {
    /// `trust=True`, with which pip does not check whom it downloads from.
    static let trustedHost = Rule(
        "trusted-host", .security, .warning, page: PackageResources.trusted_host_md,
        .calls(.having("trust")) { call, context, reporter in
            guard let trust = call.argument("trust"), call.function.parameter("url") != nil,
                context.constant(trust.value)?.truth == true
            else { return }
            reporter.report(
                (trust.keyword?.range.lowerBound ?? trust.value.range.lowerBound)..<trust.value.range.upperBound,
                "with this anybody on the way can change the packages; give the index a certificate that pip knows")
        })
}
